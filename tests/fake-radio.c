/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "fake-radio.h"

struct _HoldfastFakeRadio {
  GObject parent_instance;

  GArray *devices; /* of HoldfastSighting */
  HoldfastFailure readiness;
  guint connecting;
};

static void holdfast_fake_radio_iface_init (HoldfastRadioInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HoldfastFakeRadio,
                               holdfast_fake_radio,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (HOLDFAST_TYPE_RADIO,
                                                      holdfast_fake_radio_iface_init))

static HoldfastFailure
get_readiness (HoldfastRadio *radio)
{
  return HOLDFAST_FAKE_RADIO (radio)->readiness;
}

static gboolean
get_has_sound (HoldfastRadio *radio)
{
  return TRUE;
}

static void
run_async (HoldfastRadio *radio,
           HoldfastVerb verb,
           guint device,
           int arg,
           GCancellable *cancellable,
           GAsyncReadyCallback callback,
           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (radio, cancellable, callback, user_data);

  if (verb == HOLDFAST_VERB_CONNECT)
    HOLDFAST_FAKE_RADIO (radio)->connecting = device;
  g_task_return_int (task, HOLDFAST_FAILURE_NONE);
}

static HoldfastFailure
run_finish (HoldfastRadio *radio, GAsyncResult *result, GError **error)
{
  return (HoldfastFailure) g_task_propagate_int (G_TASK (result), error);
}

static void
set_agent_device (HoldfastRadio *radio, guint device)
{
}

static gboolean
give_pin (HoldfastRadio *radio, const char *pin)
{
  return TRUE;
}

static void
refuse_pin (HoldfastRadio *radio)
{
}

static HoldfastSighting *
find (HoldfastFakeRadio *self, guint device)
{
  for (guint i = 0; i < self->devices->len; i++) {
    HoldfastSighting *known = &g_array_index (self->devices, HoldfastSighting, i);

    if (known->id == device)
      return known;
  }
  return NULL;
}

static gboolean
get_sighting (HoldfastRadio *radio, guint device, HoldfastSighting *ret_sighting)
{
  HoldfastSighting *known = find (HOLDFAST_FAKE_RADIO (radio), device);

  if (known != NULL)
    *ret_sighting = *known;
  return known != NULL;
}

static void foreach (HoldfastRadio *radio, HoldfastSightingFunc func, gpointer user_data)
{
  HoldfastFakeRadio *self = HOLDFAST_FAKE_RADIO (radio);

  for (guint i = 0; i < self->devices->len; i++)
    func (&g_array_index (self->devices, HoldfastSighting, i), user_data);
}

static void
holdfast_fake_radio_finalize (GObject *object)
{
  g_array_unref (HOLDFAST_FAKE_RADIO (object)->devices);

  G_OBJECT_CLASS (holdfast_fake_radio_parent_class)->finalize (object);
}

static void
holdfast_fake_radio_iface_init (HoldfastRadioInterface *iface)
{
  iface->get_readiness = get_readiness;
  iface->get_has_sound = get_has_sound;
  iface->run_async = run_async;
  iface->run_finish = run_finish;
  iface->set_agent_device = set_agent_device;
  iface->give_pin = give_pin;
  iface->refuse_pin = refuse_pin;
  iface->get_sighting = get_sighting;
  iface->foreach = foreach;
}

static void
holdfast_fake_radio_class_init (HoldfastFakeRadioClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = holdfast_fake_radio_finalize;
}

static void
holdfast_fake_radio_init (HoldfastFakeRadio *self)
{
  self->devices = g_array_new (FALSE, FALSE, sizeof (HoldfastSighting));
}

HoldfastFakeRadio *
holdfast_fake_radio_new (void)
{
  return g_object_new (HOLDFAST_TYPE_FAKE_RADIO, NULL);
}

void
holdfast_fake_radio_put (HoldfastFakeRadio *self, const HoldfastSighting *sighting)
{
  HoldfastSighting *known = NULL;

  g_return_if_fail (HOLDFAST_IS_FAKE_RADIO (self));
  g_return_if_fail (sighting != NULL);

  known = find (self, sighting->id);
  if (known != NULL)
    *known = *sighting;
  else
    g_array_append_val (self->devices, *sighting);
  holdfast_radio_emit_device_changed (HOLDFAST_RADIO (self), sighting);
}

void
holdfast_fake_radio_remove (HoldfastFakeRadio *self, guint device)
{
  g_return_if_fail (HOLDFAST_IS_FAKE_RADIO (self));

  for (guint i = 0; i < self->devices->len; i++)
    if (g_array_index (self->devices, HoldfastSighting, i).id == device) {
      g_array_remove_index (self->devices, i);
      break;
    }
  holdfast_radio_emit_gone (HOLDFAST_RADIO (self), device);
}

void
holdfast_fake_radio_set_readiness (HoldfastFakeRadio *self, HoldfastFailure readiness)
{
  g_return_if_fail (HOLDFAST_IS_FAKE_RADIO (self));

  self->readiness = readiness;
  holdfast_radio_emit_readiness_changed (HOLDFAST_RADIO (self));
}

guint
holdfast_fake_radio_get_connecting (HoldfastFakeRadio *self)
{
  g_return_val_if_fail (HOLDFAST_IS_FAKE_RADIO (self), 0);

  return self->connecting;
}
