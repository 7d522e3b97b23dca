/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sighting.h"

#include <string.h>

#define SONY_VENDOR 0x054c

/* Bits 8 to 12 of the class of device: Bluetooth Assigned Numbers, 2.8. */
#define MAJOR_CLASS(class_of_device) (((class_of_device) >> 8) & 0x1f)
#define MAJOR_AUDIO 0x04
#define MAJOR_PERIPHERAL 0x05
/* Bits 2 to 7; within audio: Bluetooth Assigned Numbers, 2.8.2.4. */
#define MINOR_CLASS(class_of_device) (((class_of_device) >> 2) & 0x3f)
#define MINOR_WEARABLE_HEADSET 0x01
#define MINOR_HANDS_FREE 0x02
#define MINOR_HEADPHONES 0x06

/* Fast Pair's frame of a provider that may be paired holds its model id and nothing else. */
#define FAST_PAIR_MODEL_ID_BYTES 3

#define LE_DISCOVERABLE 0x03

/* A family of a family; more would be a circle. */
#define MAX_FAMILY_DEPTH 4

void
holdfast_sighting_set_name (HoldfastSighting *self, const char *name)
{
  g_autofree char *valid = NULL;
  gsize length;

  g_return_if_fail (self != NULL);

  memset (self->name, 0, sizeof self->name);
  if (name == NULL)
    return;

  valid = g_utf8_make_valid (name, (gssize) strnlen (name, 4 * sizeof self->name));
  length = strlen (valid);
  if (length >= sizeof self->name) {
    const char *end = valid + sizeof self->name - 1;

    /* Back to the beginning of the character that does not fit. */
    while (end > valid && (*end & 0xc0) == 0x80)
      end--;
    length = (gsize) (end - valid);
  }
  memcpy (self->name, valid, length);
}

static gboolean
is_input_device (const HoldfastSighting *self)
{
  return (self->services & HOLDFAST_SERVICE_INPUT) != 0
         || MAJOR_CLASS (self->class_of_device) == MAJOR_PERIPHERAL;
}

/* An object of the classic side, or of both; whatever its name says. */
static gboolean
has_classic_side (const HoldfastSighting *self)
{
  return self->class_of_device != 0 || (self->services & HOLDFAST_SERVICE_A2DP_SINK) != 0;
}

/* Computers and phones may offer to play music too, so a class that is told decides. */
static gboolean
is_audio_device (const HoldfastSighting *self)
{
  if (self->class_of_device != 0)
    return MAJOR_CLASS (self->class_of_device) == MAJOR_AUDIO;
  return (self->services & HOLDFAST_SERVICE_A2DP_SINK) != 0;
}

static gboolean
says_it_is_not_pairing (const HoldfastSighting *self)
{
  return self->fast_pair_bytes > FAST_PAIR_MODEL_ID_BYTES
         || (self->advertising_flags >= 0 && (self->advertising_flags & LE_DISCOVERABLE) == 0);
}

static gboolean
is_in_pairing_mode (const HoldfastSighting *self)
{
  if (!self->has_rssi)
    return FALSE;
  if (self->fast_pair_bytes == FAST_PAIR_MODEL_ID_BYTES)
    return TRUE;
  if (self->advertising_flags >= 0 && (self->advertising_flags & LE_DISCOVERABLE) != 0)
    return TRUE;
  /* BlueZ remembers the class of what is paired, so there the RSSI may stem from LE alone: a
   * headset that is merely on. */
  if (self->paired && says_it_is_not_pairing (self))
    return FALSE;
  return self->class_of_device != 0;
}

/* BlueZ's Alias of a device without a name is its address with dashes. */
static gboolean
has_name (const HoldfastSighting *self)
{
  if (self->name[0] == '\0')
    return FALSE;
  for (guint i = 0; self->address[i] != '\0'; i++) {
    char expected = self->address[i] == ':' ? '-' : self->address[i];

    if (g_ascii_toupper (self->name[i]) != g_ascii_toupper (expected))
      return TRUE;
  }
  return self->name[strlen (self->address)] != '\0';
}

static HoldfastHeadset *
find_model (const HoldfastSighting *self, HoldfastCatalogue *catalogue)
{
  HoldfastHeadset *model = NULL;

  /* A person may rename a headset, so its number comes first. */
  if (self->vendor == SONY_VENDOR)
    model = holdfast_catalogue_match_product (catalogue, self->product);
  if (model == NULL && has_name (self))
    model = holdfast_catalogue_match_name (catalogue, self->name);
  return model;
}

static gboolean
is_wanted (HoldfastHeadset *model, HoldfastCatalogue *catalogue, HoldfastHeadset *wanted)
{
  HoldfastHeadset *member = model;

  if (wanted == NULL || model == wanted)
    return TRUE;
  if (!holdfast_headset_is_family (wanted))
    return FALSE;
  for (guint depth = 0; member != NULL && depth < MAX_FAMILY_DEPTH; depth++) {
    const char *family = holdfast_headset_get_family (member);

    if (family == NULL)
      return FALSE;
    if (g_str_equal (family, holdfast_headset_get_id (wanted)))
      return TRUE;
    member = holdfast_catalogue_find (catalogue, family);
  }
  return FALSE;
}

gboolean
holdfast_sighting_is_model (const HoldfastSighting *self,
                            HoldfastCatalogue *catalogue,
                            HoldfastHeadset *wanted)
{
  HoldfastHeadset *model;

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (wanted != NULL, FALSE);

  if (is_input_device (self))
    return FALSE;
  model = find_model (self, catalogue);
  return model != NULL && is_wanted (model, catalogue, wanted);
}

static gboolean
is_worn (const HoldfastSighting *self)
{
  guint32 minor = MINOR_CLASS (self->class_of_device);

  if (is_input_device (self) || MAJOR_CLASS (self->class_of_device) != MAJOR_AUDIO)
    return FALSE;
  return minor == MINOR_WEARABLE_HEADSET || minor == MINOR_HANDS_FREE || minor == MINOR_HEADPHONES;
}

HoldfastHeadset *
holdfast_sighting_guess_headset (const HoldfastSighting *self, HoldfastCatalogue *catalogue)
{
  HoldfastHeadset *model = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (HOLDFAST_IS_CATALOGUE (catalogue), NULL);

  if (is_input_device (self) || !has_classic_side (self))
    return NULL;
  model = find_model (self, catalogue);
  if (model != NULL)
    return model;
  if (self->vendor != SONY_VENDOR || !is_worn (self))
    return NULL;
  return holdfast_catalogue_guess_family (catalogue, has_name (self) ? self->name : NULL);
}

HoldfastPresence
holdfast_sighting_judge (const HoldfastSighting *self,
                         HoldfastCatalogue *catalogue,
                         HoldfastHeadset *wanted,
                         HoldfastHeadset **ret_model)
{
  HoldfastHeadset *model;
  gboolean matches;

  g_return_val_if_fail (self != NULL, HOLDFAST_PRESENCE_NONE);
  g_return_val_if_fail (HOLDFAST_IS_CATALOGUE (catalogue), HOLDFAST_PRESENCE_NONE);
  g_return_val_if_fail (wanted == NULL || HOLDFAST_IS_HEADSET (wanted), HOLDFAST_PRESENCE_NONE);

  model = find_model (self, catalogue);
  matches = model != NULL && is_wanted (model, catalogue, wanted);
  if (ret_model != NULL)
    *ret_model = model;

  if (!self->has_rssi)
    return HOLDFAST_PRESENCE_NONE;
  if (is_input_device (self))
    return matches ? HOLDFAST_PRESENCE_IMPOSTOR : HOLDFAST_PRESENCE_NONE;
  if (!has_classic_side (self))
    return matches ? HOLDFAST_PRESENCE_HINT : HOLDFAST_PRESENCE_NONE;
  if (!is_audio_device (self))
    return matches ? HOLDFAST_PRESENCE_IMPOSTOR : HOLDFAST_PRESENCE_NONE;
  if (!is_in_pairing_mode (self))
    return matches ? HOLDFAST_PRESENCE_HINT : HOLDFAST_PRESENCE_NONE;
  if (matches)
    return HOLDFAST_PRESENCE_READY;
  if (model != NULL)
    return HOLDFAST_PRESENCE_OTHER_SONY;
  return has_name (self) ? HOLDFAST_PRESENCE_OTHER_AUDIO : HOLDFAST_PRESENCE_NAMELESS;
}
