/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pair-events.h"

struct _HoldfastPairEvents {
  GObject parent_instance;

  HoldfastCli *cli;
  gint64 began_us;
};

G_DEFINE_FINAL_TYPE (HoldfastPairEvents, holdfast_pair_events, G_TYPE_OBJECT)

static void
add_device (JsonBuilder *builder, const HoldfastSighting *device)
{
  json_builder_set_member_name (builder, "device");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "name");
  json_builder_add_string_value (builder, device->name);
  json_builder_set_member_name (builder, "address");
  json_builder_add_string_value (builder, device->address);
  json_builder_set_member_name (builder, "paired");
  json_builder_add_boolean_value (builder, device->paired);
  json_builder_set_member_name (builder, "trusted");
  json_builder_add_boolean_value (builder, device->trusted);
  json_builder_set_member_name (builder, "connected");
  json_builder_add_boolean_value (builder, device->connected);
  json_builder_set_member_name (builder, "music");
  json_builder_add_boolean_value (builder, device->transport);
  json_builder_end_object (builder);
}

static void
add_candidates (JsonBuilder *builder, HoldfastSession *session)
{
  g_autoptr (GArray) candidates = holdfast_session_get_candidates (session);

  json_builder_set_member_name (builder, "candidates");
  json_builder_begin_array (builder);
  for (guint i = 0; i < candidates->len; i++) {
    const HoldfastSighting *candidate = &g_array_index (candidates, HoldfastSighting, i);

    json_builder_begin_object (builder);
    json_builder_set_member_name (builder, "name");
    json_builder_add_string_value (builder, candidate->name);
    json_builder_set_member_name (builder, "address");
    json_builder_add_string_value (builder, candidate->address);
    json_builder_set_member_name (builder, "rssi");
    if (candidate->has_rssi)
      json_builder_add_int_value (builder, candidate->rssi);
    else
      json_builder_add_null_value (builder);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
stepped_cb (HoldfastSession *session, const HoldfastStepRecord *record, HoldfastPairEvents *self)
{
  g_autoptr (JsonBuilder) builder = NULL;
  const HoldfastMachine *machine = holdfast_session_get_machine (session);
  HoldfastSighting device;

  if (record->from == record->to && record->event.kind != HOLDFAST_EVENT_RADIO)
    return;

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "time_ms");
  json_builder_add_int_value (builder, (record->now_us - self->began_us) / 1000);
  json_builder_set_member_name (builder, "state");
  json_builder_add_string_value (builder, holdfast_state_to_string (record->to));
  json_builder_set_member_name (builder, "event");
  json_builder_add_string_value (builder, holdfast_event_to_string (record->event.kind));
  if (machine->failure != HOLDFAST_FAILURE_NONE) {
    json_builder_set_member_name (builder, "failure");
    json_builder_add_string_value (builder, holdfast_failure_to_string (machine->failure));
  }
  if (holdfast_machine_get_warning (machine) != HOLDFAST_FAILURE_NONE) {
    json_builder_set_member_name (builder, "warning");
    json_builder_add_string_value (
        builder, holdfast_failure_to_string (holdfast_machine_get_warning (machine)));
  }
  if (machine->radio != HOLDFAST_FAILURE_NONE) {
    json_builder_set_member_name (builder, "radio");
    json_builder_add_string_value (builder, holdfast_failure_to_string (machine->radio));
  }
  if (record->to == HOLDFAST_STATE_IDENTIFY)
    add_candidates (builder, session);
  if (holdfast_session_get_device (session, &device))
    add_device (builder, &device);
  json_builder_end_object (builder);
  holdfast_cli_print_json (self->cli, builder, FALSE);
}

void
holdfast_pair_events_print_end (HoldfastCli *cli, HoldfastFailure failure)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "state");
  json_builder_add_string_value (builder, holdfast_state_to_string (HOLDFAST_STATE_ENDED));
  json_builder_set_member_name (builder, "failure");
  json_builder_add_string_value (builder, holdfast_failure_to_string (failure));
  json_builder_end_object (builder);
  holdfast_cli_print_json (cli, builder, FALSE);
}

static void
holdfast_pair_events_class_init (HoldfastPairEventsClass *klass)
{
}

static void
holdfast_pair_events_init (HoldfastPairEvents *self)
{
}

HoldfastPairEvents *
holdfast_pair_events_new (HoldfastSession *session, HoldfastCli *cli)
{
  HoldfastPairEvents *self = g_object_new (HOLDFAST_TYPE_PAIR_EVENTS, NULL);

  self->cli = cli;
  self->began_us = holdfast_clock_get_now_us (holdfast_session_get_clock (session));
  g_signal_connect_object (session, "stepped", G_CALLBACK (stepped_cb), self, 0);
  return self;
}
