/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "gesture-build-private.h"
#include "headset-private.h"

static void
read_erasing (GPtrArray *facts, HoldfastErasing *erasing)
{
  erasing->control = holdfast_facts_get_control (facts, "factory-reset", "control");
  erasing->control2 = holdfast_facts_get_control (facts, "factory-reset", "control2");
  erasing->start = holdfast_facts_get_start (facts, "factory-reset");
  erasing->ms = holdfast_facts_get_uint (facts, "factory-reset", "hold-usual-ms");
  erasing->is_known = erasing->control != HOLDFAST_CONTROL_NONE;
}

static gboolean
check_connectors (const HoldfastBuild *context, GError **error)
{
  const char *jack = holdfast_facts_get (context->facts, "connectors", "jack");

  if (holdfast_facts_is_yes (context->facts, "connectors", "cable-blocks")
      && (jack == NULL || g_str_equal (jack, "no")))
    return holdfast_build_fail (
        context,
        HOLDFAST_CATALOGUE_ERROR_VALUE,
        "connectors",
        "cable-blocks",
        "a headset without a headphone jack cannot be blocked by a cable in it",
        error);
  return TRUE;
}

static gboolean
check_form (const HoldfastBuild *context, const HoldfastHeadset *self, GError **error)
{
  static const char *const earbud_controls[] = { "case-button", "earbud-touch", "earbud-button" };
  g_auto (GStrv) controls = holdfast_facts_get_list (context->facts, "headset", "controls");

  if (self->form == HOLDFAST_FORM_EARBUDS || self->form == HOLDFAST_FORM_GAMING_EARBUDS)
    return TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (earbud_controls); i++) {
    if (g_strv_contains ((const char *const *) controls, earbud_controls[i]))
      return holdfast_build_fail (context,
                                  HOLDFAST_CATALOGUE_ERROR_VALUE,
                                  "headset",
                                  "controls",
                                  "only earbuds have a charging case or a surface on each earbud",
                                  error);
  }
  return TRUE;
}

/* "Show" lets the program speak plainly. No memory of anybody's is good enough for that. */
static gboolean
check_gate (const HoldfastBuild *context, const HoldfastHeadset *self, GError **error)
{
  gboolean has_radio
      = self->radio == HOLDFAST_RADIO_CLASSIC || self->radio == HOLDFAST_RADIO_LE_AUDIO_ONLY;

  if (has_radio == (self->gate == HOLDFAST_GATE_NO_BLUETOOTH))
    return holdfast_build_fail (context,
                                HOLDFAST_CATALOGUE_ERROR_VALUE,
                                "headset",
                                "gate",
                                "does not go with the radio",
                                error);
  if (self->gate != HOLDFAST_GATE_SHOW)
    return TRUE;
  if (self->ways->len == 0)
    return holdfast_build_fail (context,
                                HOLDFAST_CATALOGUE_ERROR_VALUE,
                                "headset",
                                "gate",
                                "cannot be “show” where no way is known",
                                error);
  for (guint i = 0; i < self->ways->len; i++) {
    const HoldfastGesture *way = g_ptr_array_index (self->ways, i);

    if (way->evidence > HOLDFAST_FACT_SECONDARY || way->from_family)
      return holdfast_build_fail (context,
                                  HOLDFAST_CATALOGUE_ERROR_VALUE,
                                  "headset",
                                  "gate",
                                  "cannot be “show” where control or hold time is only recalled",
                                  error);
  }
  return TRUE;
}

static gboolean
read_identity (const HoldfastBuild *context, HoldfastHeadset *self, GError **error)
{
  const char *form = holdfast_facts_get (self->facts, "headset", "form");
  const char *gate = holdfast_facts_get (self->facts, "headset", "gate");
  const char *radio = holdfast_facts_get (self->facts, "bluetooth", "radio");
  const char *name = holdfast_facts_get (self->facts, "headset", "name");

  if (name == NULL)
    return holdfast_build_fail (
        context, HOLDFAST_CATALOGUE_ERROR_VALUE, "headset", "name", "is missing", error);
  if (form == NULL || !holdfast_form_from_string (form, &self->form))
    return holdfast_build_fail (
        context, HOLDFAST_CATALOGUE_ERROR_VALUE, "headset", "form", "is missing", error);
  if (gate == NULL || !holdfast_gate_from_string (gate, &self->gate))
    return holdfast_build_fail (
        context, HOLDFAST_CATALOGUE_ERROR_VALUE, "headset", "gate", "is missing", error);
  if (radio == NULL || !holdfast_radio_from_string (radio, &self->radio))
    return holdfast_build_fail (
        context, HOLDFAST_CATALOGUE_ERROR_VALUE, "bluetooth", "radio", "is missing", error);

  self->name = g_strdup (name);
  self->family = g_strdup (holdfast_facts_get (self->facts, "headset", "family"));
  self->guide = g_strdup (holdfast_facts_get (self->facts, "headset", "guide"));
  self->picture = g_strdup (holdfast_facts_get (self->facts, "headset", "picture"));
  self->is_family = g_str_has_prefix (self->id, HOLDFAST_FAMILY_PREFIX);
  self->year = holdfast_facts_get_uint (self->facts, "headset", "year");
  self->other_names = holdfast_facts_get_list (self->facts, "headset", "also");
  self->bluetooth_names = holdfast_facts_get_list (self->facts, "bluetooth", "names");
  self->codecs = holdfast_facts_get_list (self->facts, "bluetooth", "codecs");
  return TRUE;
}

static void
read_abilities (HoldfastHeadset *self)
{
  const char *product = holdfast_facts_get (self->facts, "bluetooth", "product");
  const char *multipoint = holdfast_facts_get (self->facts, "bluetooth", "multipoint");

  if (product != NULL)
    self->product = (guint16) g_ascii_strtoull (product, NULL, 16);
  if (multipoint != NULL)
    holdfast_multipoint_from_string (multipoint, &self->multipoint);
  self->multipoint_as_sold
      = holdfast_facts_get_tristate (self->facts, "bluetooth", "multipoint-as-sold");
  self->memory_size = holdfast_facts_get_uint (self->facts, "bluetooth", "memory");
  self->jack = holdfast_facts_get_tristate (self->facts, "connectors", "jack");
  self->cable_blocks = holdfast_facts_get_tristate (self->facts, "connectors", "cable-blocks");
  self->usb_blocks = holdfast_facts_get_tristate (self->facts, "connectors", "usb-blocks");
}

static void
read_folded_names (HoldfastHeadset *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const char *code = holdfast_facts_get (self->facts, "headset", "model-code");

  g_strv_builder_take (builder, holdfast_name_fold (self->name));
  for (guint i = 0; self->other_names[i] != NULL; i++)
    g_strv_builder_take (builder, holdfast_name_fold (self->other_names[i]));
  for (guint i = 0; self->bluetooth_names[i] != NULL; i++)
    g_strv_builder_take (builder, holdfast_name_fold (self->bluetooth_names[i]));
  if (code != NULL)
    g_strv_builder_take (builder, holdfast_name_fold (code));
  self->folded_names = g_strv_builder_end (builder);
}

/* Nothing is made up where the model's own way is unknown: the family's usual ways stand in, and
 * say so. */
static gboolean
build_all_ways (HoldfastBuild *context, HoldfastHeadset *self, GPtrArray *family, GError **error)
{
  context->from_family = self->is_family;
  if (!holdfast_build_ways (context, self->ways, error))
    return FALSE;
  if (self->ways->len > 0 || family == NULL)
    return TRUE;

  context->facts = family;
  context->from_family = TRUE;
  return holdfast_build_ways (context, self->ways, error);
}

static gboolean
build_gestures (HoldfastBuild *context, HoldfastHeadset *self, GPtrArray *family, GError **error)
{
  if (self->radio != HOLDFAST_RADIO_CLASSIC)
    return TRUE;

  if (!holdfast_build_gesture (context, "restart", HOLDFAST_GESTURE_RESTART, &self->restart, error)
      || !holdfast_build_gesture (
          context, "factory-reset", HOLDFAST_GESTURE_FACTORY_RESET, &self->factory_reset, error))
    return FALSE;
  self->first_time = holdfast_build_first_time (context);
  return build_all_ways (context, self, family, error);
}

HoldfastHeadset *
holdfast_headset_build (
    const char *file, const char *id, GPtrArray *facts, GPtrArray *family_facts, GError **error)
{
  g_autoptr (HoldfastHeadset) self = g_object_new (HOLDFAST_TYPE_HEADSET, NULL);
  HoldfastBuild context = { .file = file, .facts = facts, .parts = facts };

  self->id = g_strdup (id);
  self->facts = facts;
  if (!read_identity (&context, self, error))
    return NULL;
  read_abilities (self);
  read_folded_names (self);
  read_erasing (facts, &context.erasing);
  if (!check_connectors (&context, error) || !check_form (&context, self, error))
    return NULL;
  context.from_family = self->is_family;
  if (!build_gestures (&context, self, family_facts, error))
    return NULL;
  context.facts = facts;
  if (!check_gate (&context, self, error))
    return NULL;
  return g_steal_pointer (&self);
}
