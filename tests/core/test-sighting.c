/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "sighting.h"

#include <string.h>

#define HEADPHONES 0x240418
#define HEADSET 0x240404
#define KEYBOARD 0x002540
#define COMPUTER 0x1c010c
#define PHONE 0x5a020c
#define SPEAKER 0x240414
#define SONY 0x054c

static HoldfastCatalogue *catalogue;
static HoldfastHeadset *xm4;

/* A WH-1000XM4 that answers inquiry. */
static HoldfastSighting
in_pairing_mode (void)
{
  HoldfastSighting sighting = {
    .id = 1,
    .address = "38:18:4C:00:00:42",
    .address_public = TRUE,
    .class_of_device = HEADSET,
    .has_rssi = TRUE,
    .rssi = -50,
    .services = HOLDFAST_SERVICE_A2DP_SINK,
    .fast_pair_bytes = -1,
    .advertising_flags = -1,
    .battery_percent = -1,
  };

  holdfast_sighting_set_name (&sighting, "WH-1000XM4");
  return sighting;
}

static HoldfastPresence
judge (const HoldfastSighting *sighting)
{
  return holdfast_sighting_judge (sighting, catalogue, xm4, NULL);
}

static void
test_answers_inquiry (void)
{
  HoldfastSighting sighting = in_pairing_mode ();
  HoldfastHeadset *model = NULL;

  g_assert_cmpint (
      holdfast_sighting_judge (&sighting, catalogue, xm4, &model), ==, HOLDFAST_PRESENCE_READY);
  g_assert_true (model == xm4);

  /* Services come later, with the extended inquiry response or never. */
  sighting.services = 0;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_READY);
}

static void
test_cached_is_not_sighted (void)
{
  HoldfastSighting sighting = in_pairing_mode ();

  sighting.has_rssi = FALSE;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_NONE);
  sighting.paired = TRUE;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_NONE);
}

static void
test_low_energy_side (void)
{
  HoldfastSighting sighting = in_pairing_mode ();

  holdfast_sighting_set_name (&sighting, "LE_WH-1000XM4");
  sighting.class_of_device = 0;
  sighting.services = 0;
  sighting.address_public = FALSE;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_HINT);

  /* Even what says "discoverable" cannot play music without a classic side. */
  sighting.advertising_flags = 0x06;
  sighting.fast_pair_bytes = 3;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_HINT);

  holdfast_sighting_set_name (&sighting, "LE_WH-1000XM5");
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_NONE);
}

static void
test_dual_mode_named_le (void)
{
  HoldfastSighting sighting = in_pairing_mode ();

  holdfast_sighting_set_name (&sighting, "LE_WH-1000XM4");
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_READY);

  sighting.class_of_device = 0;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_HINT);
  sighting.fast_pair_bytes = 3;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_READY);
  sighting.fast_pair_bytes = 7;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_HINT);
  sighting.advertising_flags = 0x02;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_READY);
  sighting.advertising_flags = 0x04;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_HINT);
}

/* BlueZ keeps the class of what is paired: a headset that is merely on must not look stale. */
static void
test_paired_and_merely_on (void)
{
  HoldfastSighting sighting = in_pairing_mode ();

  sighting.paired = TRUE;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_READY);
  sighting.fast_pair_bytes = 12;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_HINT);
  sighting.fast_pair_bytes = -1;
  sighting.advertising_flags = 0x04;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_HINT);

  /* Unpaired, the class was told just now. */
  sighting.paired = FALSE;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_READY);
}

static void
test_impostors (void)
{
  HoldfastSighting sighting = in_pairing_mode ();

  sighting.class_of_device = KEYBOARD;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_IMPOSTOR);

  sighting = in_pairing_mode ();
  sighting.services |= HOLDFAST_SERVICE_INPUT;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_IMPOSTOR);

  sighting = in_pairing_mode ();
  sighting.class_of_device = COMPUTER;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_IMPOSTOR);
  sighting.class_of_device = PHONE;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_IMPOSTOR);

  /* A keyboard on LE. */
  sighting = in_pairing_mode ();
  sighting.class_of_device = 0;
  sighting.services = HOLDFAST_SERVICE_INPUT;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_IMPOSTOR);

  /* Nobody's business. */
  holdfast_sighting_set_name (&sighting, "Keyboard K380");
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_NONE);
}

static void
test_names (void)
{
  HoldfastSighting sighting = in_pairing_mode ();
  HoldfastHeadset *model = NULL;

  holdfast_sighting_set_name (&sighting, "");
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_NAMELESS);
  holdfast_sighting_set_name (&sighting, "38-18-4C-00-00-42");
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_NAMELESS);
  holdfast_sighting_set_name (&sighting, "38-18-4C-00-00-42 b");
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_OTHER_AUDIO);
  holdfast_sighting_set_name (&sighting, "Bob's cans");
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_OTHER_AUDIO);
  holdfast_sighting_set_name (&sighting, "Anna's WH-1000XM4");
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_READY);
  holdfast_sighting_set_name (&sighting, "WH-1000XM40");
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_OTHER_AUDIO);
  holdfast_sighting_set_name (&sighting, "WH-1000XM5");
  g_assert_cmpint (holdfast_sighting_judge (&sighting, catalogue, xm4, &model),
                   ==,
                   HOLDFAST_PRESENCE_OTHER_SONY);
  g_assert_true (model == holdfast_catalogue_find (catalogue, "wh-1000xm5"));
  g_assert_cmpint (
      holdfast_sighting_judge (&sighting, catalogue, NULL, NULL), ==, HOLDFAST_PRESENCE_READY);

  /* A renamed one, known by its number. */
  holdfast_sighting_set_name (&sighting, "Bob's cans");
  sighting.vendor = 0x054c;
  sighting.product = holdfast_headset_get_pnp_product (xm4);
  g_assert_cmpuint (sighting.product, !=, 0);
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_READY);
  sighting.vendor = 0x054d;
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_OTHER_AUDIO);
}

static void
test_families (void)
{
  HoldfastSighting sighting = in_pairing_mode ();
  HoldfastHeadset *family = holdfast_catalogue_find (catalogue, "family-wh-1000x");
  HoldfastHeadset *other = holdfast_catalogue_find (catalogue, "family-wf-1000x");

  g_assert_nonnull (family);
  g_assert_nonnull (other);
  g_assert_cmpint (
      holdfast_sighting_judge (&sighting, catalogue, family, NULL), ==, HOLDFAST_PRESENCE_READY);
  g_assert_cmpint (holdfast_sighting_judge (&sighting, catalogue, other, NULL),
                   ==,
                   HOLDFAST_PRESENCE_OTHER_SONY);
}

static void
test_is_model (void)
{
  HoldfastSighting sighting = in_pairing_mode ();
  HoldfastHeadset *other = holdfast_catalogue_find (catalogue, "wh-1000xm3");

  /* Remembered from another day: no strength, and still the same headset. */
  sighting.has_rssi = FALSE;
  sighting.paired = TRUE;
  g_assert_true (holdfast_sighting_is_model (&sighting, catalogue, xm4));
  g_assert_false (holdfast_sighting_is_model (&sighting, catalogue, other));

  sighting.services |= HOLDFAST_SERVICE_INPUT;
  g_assert_false (holdfast_sighting_is_model (&sighting, catalogue, xm4));

  sighting = in_pairing_mode ();
  holdfast_sighting_set_name (&sighting, "Kitchen radio");
  g_assert_false (holdfast_sighting_is_model (&sighting, catalogue, xm4));
}

/* What Home offers to connect. */
static void
assert_guess (const char *name, guint16 vendor, guint32 class_of_device, const char *id)
{
  HoldfastSighting sighting = in_pairing_mode ();
  HoldfastHeadset *headset = NULL;

  sighting.has_rssi = FALSE;
  sighting.vendor = vendor;
  sighting.class_of_device = class_of_device;
  if (class_of_device == 0)
    sighting.services = 0;
  holdfast_sighting_set_name (&sighting, name);
  headset = holdfast_sighting_guess_headset (&sighting, catalogue);
  g_assert_cmpstr (headset != NULL ? holdfast_headset_get_id (headset) : NULL, ==, id);
}

static void
test_guesses (void)
{
  assert_guess ("WH-1000XM4", 0, HEADSET, "wh-1000xm4");
  assert_guess ("Bob's WF-C700N", 0, HEADSET, "wf-c700n");
  assert_guess ("WF-1000XM9", SONY, HEADSET, "family-wf-1000x");
  assert_guess ("WF-X1", SONY, HEADPHONES, "family-wf");
  assert_guess ("WI-Z9", SONY, HEADSET, "family-wi");
  assert_guess ("LE_WH-CH930N", SONY, HEADSET, "family-wh-ch");
  assert_guess ("Bob's cans", SONY, HEADPHONES, "family-wh");
  assert_guess ("38-18-4C-00-00-42", SONY, HEADPHONES, "family-wh");
  /* Not Sony's; a speaker; a keyboard; a telephone; the low-energy side alone. */
  assert_guess ("Bob's cans", 0, HEADPHONES, NULL);
  assert_guess ("SRS-XB33", SONY, SPEAKER, NULL);
  assert_guess ("WH-1000XM4", SONY, KEYBOARD, NULL);
  assert_guess ("Xperia 1", SONY, PHONE, NULL);
  assert_guess ("WH-1000XM4", SONY, 0, NULL);
}

static void
test_hostile_names (void)
{
  HoldfastSighting sighting = in_pairing_mode ();
  g_autofree char *four_hundred = g_strnfill (400, 'x');
  g_autoptr (GString) accents = g_string_new (NULL);

  holdfast_sighting_set_name (&sighting, four_hundred);
  g_assert_cmpuint (strlen (sighting.name), ==, HOLDFAST_NAME_SIZE - 1);

  /* 255 is no multiple of 2: the last character goes as a whole. */
  for (guint i = 0; i < 200; i++)
    g_string_append (accents, "é");
  holdfast_sighting_set_name (&sighting, accents->str);
  g_assert_cmpuint (strlen (sighting.name), ==, HOLDFAST_NAME_SIZE - 2);
  g_assert_true (g_utf8_validate (sighting.name, -1, NULL));

  holdfast_sighting_set_name (&sighting, "WH-1000XM4 \xff\xfe");
  g_assert_true (g_utf8_validate (sighting.name, -1, NULL));
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_READY);

  holdfast_sighting_set_name (&sighting, "%s%n<b>&\x1b[31m\xe2\x80\xae");
  g_assert_cmpint (judge (&sighting), ==, HOLDFAST_PRESENCE_OTHER_AUDIO);
  holdfast_sighting_set_name (&sighting, NULL);
  g_assert_cmpstr (sighting.name, ==, "");
}

int
main (int argc, char *argv[])
{
  g_autoptr (GError) error = NULL;
  int status;

  g_test_init (&argc, &argv, NULL);

  catalogue = holdfast_catalogue_new (&error);
  g_assert_no_error (error);
  xm4 = holdfast_catalogue_find (catalogue, "wh-1000xm4");
  g_assert_nonnull (xm4);

  g_test_add_func ("/core/sighting/answers-inquiry", test_answers_inquiry);
  g_test_add_func ("/core/sighting/cached-is-not-sighted", test_cached_is_not_sighted);
  g_test_add_func ("/core/sighting/low-energy-side", test_low_energy_side);
  g_test_add_func ("/core/sighting/dual-mode-named-le", test_dual_mode_named_le);
  g_test_add_func ("/core/sighting/paired-and-merely-on", test_paired_and_merely_on);
  g_test_add_func ("/core/sighting/impostors", test_impostors);
  g_test_add_func ("/core/sighting/names", test_names);
  g_test_add_func ("/core/sighting/families", test_families);
  g_test_add_func ("/core/sighting/is-model", test_is_model);
  g_test_add_func ("/core/sighting/guesses", test_guesses);
  g_test_add_func ("/core/sighting/hostile-names", test_hostile_names);

  status = g_test_run ();
  g_object_unref (catalogue);
  return status;
}
