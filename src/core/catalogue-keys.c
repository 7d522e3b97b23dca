/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue-private.h"

#define DEFINE_WORDS(name, prefix, first, max)                                                     \
  static const char *name (guint index)                                                            \
  {                                                                                                \
    return index + first < max ? holdfast_##prefix##_to_string (index + first) : NULL;             \
  }

/* A value that is unknown is left out; so the word "unknown", index 0 in these enums, is none. */
/* clang-format off */
DEFINE_WORDS (form_word, form, 0, HOLDFAST_FORM_MAX)
DEFINE_WORDS (gate_word, gate, 0, HOLDFAST_GATE_MAX)
DEFINE_WORDS (radio_word, radio, 0, HOLDFAST_RADIO_MAX)
DEFINE_WORDS (multipoint_word, multipoint, 1, HOLDFAST_MULTIPOINT_MAX)
DEFINE_WORDS (control_word, control, 1, HOLDFAST_CONTROL_MAX)
DEFINE_WORDS (start_word, start_state, 0, HOLDFAST_START_UNKNOWN)
DEFINE_WORDS (place_word, place, 1, HOLDFAST_PLACE_MAX)
DEFINE_WORDS (voice_word, voice, 1, HOLDFAST_VOICE_MAX)
DEFINE_WORDS (light_word, light, 1, HOLDFAST_LIGHT_MAX)
DEFINE_WORDS (question_word, question, 1, HOLDFAST_QUESTION_MAX)
/* clang-format on */

static const char *
jack_word (guint index)
{
  static const char *const words[] = { "yes", "no", "via-cable" };

  return index < G_N_ELEMENTS (words) ? words[index] : NULL;
}

static const char *
first_time_word (guint index)
{
  static const char *const words[] = { "switch-on", "take-out" };

  return index < G_N_ELEMENTS (words) ? words[index] : NULL;
}

#define OWN TRUE
#define FAMILY FALSE
#define TEXT_MAX 300
#define HOLD_MIN 500
#define HOLD_MAX 60000

/* clang-format off */
static const HoldfastKeySpec keys[] = {
  { "headset", "id", HOLDFAST_KEY_ID, OWN, 1, 40, NULL, "name of the model on the command line; the file's name if left out" },
  { "headset", "name", HOLDFAST_KEY_TEXT, OWN, 1, 60, NULL, "the model's name as printed on the box; always needed" },
  { "headset", "family", HOLDFAST_KEY_ID, OWN, 1, 40, NULL, "the family file to take over values from" },
  { "headset", "abstract", HOLDFAST_KEY_YES_NO, OWN, 0, 0, NULL, "yes: a family that only passes on values and is not offered" },
  { "headset", "model-code", HOLDFAST_KEY_TEXT, OWN, 1, 60, NULL, "what Sony calls it inside" },
  { "headset", "also", HOLDFAST_KEY_LIST, OWN, 1, 60, NULL, "other names people use" },
  { "headset", "form", HOLDFAST_KEY_WORD, FAMILY, 0, 0, form_word, "what kind of headphones; always needed" },
  { "headset", "picture", HOLDFAST_KEY_ID, FAMILY, 1, 40, NULL, "the drawing in data/illustrations that looks like it; a plain one of its form if left out" },
  { "headset", "year", HOLDFAST_KEY_NUMBER, OWN, 1990, 2100, NULL, "when it came out" },
  { "headset", "gate", HOLDFAST_KEY_WORD, OWN, 0, 0, gate_word, "how sure the program may sound about pairing; always needed" },
  { "headset", "guide", HOLDFAST_KEY_ADDRESS, FAMILY, 1, TEXT_MAX, NULL, "address of Sony's help guide" },
  { "headset", "controls", HOLDFAST_KEY_WORDS, OWN, 0, 0, control_word, "what a hand can touch; a gesture cannot name another" },
  { "headset", "microphone", HOLDFAST_KEY_YES_NO, FAMILY, 0, 0, NULL, "has a microphone" },

  { "bluetooth", "radio", HOLDFAST_KEY_WORD, FAMILY, 0, 0, radio_word, "what Bluetooth it has; always needed" },
  { "bluetooth", "names", HOLDFAST_KEY_LIST, OWN, 1, 60, NULL, "names it sends, without LE_" },
  { "bluetooth", "le-names", HOLDFAST_KEY_LIST, OWN, 1, 60, NULL, "names of its low energy side, which is not the one to pair" },
  { "bluetooth", "product", HOLDFAST_KEY_HEX, OWN, 1, 0xffff, NULL, "four hexadecimal digits after usb:v054Cp" },
  { "bluetooth", "version", HOLDFAST_KEY_TEXT, OWN, 1, 10, NULL, "version of Bluetooth" },
  { "bluetooth", "codecs", HOLDFAST_KEY_LIST, OWN, 1, 20, NULL, "codecs, as their makers write them" },
  { "bluetooth", "multipoint", HOLDFAST_KEY_WORD, OWN, 0, 0, multipoint_word, "can it be connected to two devices" },
  { "bluetooth", "multipoint-as-sold", HOLDFAST_KEY_YES_NO, OWN, 0, 0, NULL, "is that on as sold; no: it is switched on in Sony's app" },
  { "bluetooth", "memory", HOLDFAST_KEY_NUMBER, FAMILY, 1, 100, NULL, "how many pairings it remembers" },
  { "bluetooth", "fast-pair", HOLDFAST_KEY_YES_NO, OWN, 0, 0, NULL, "Google Fast Pair" },
  { "bluetooth", "swift-pair", HOLDFAST_KEY_YES_NO, OWN, 0, 0, NULL, "Microsoft Swift Pair" },

  { "connectors", "jack", HOLDFAST_KEY_WORD, FAMILY, 0, 0, jack_word, "headphone jack" },
  { "connectors", "cable-blocks", HOLDFAST_KEY_YES_NO, FAMILY, 0, 0, NULL, "a cable in that jack blocks pairing" },
  { "connectors", "usb-blocks", HOLDFAST_KEY_YES_NO, FAMILY, 0, 0, NULL, "being on the charger blocks pairing" },

  { "first-time", "way", HOLDFAST_KEY_WORD, FAMILY, 0, 0, first_time_word, "what makes a headset pair that has no pairing yet" },

  { "switch-off", "hold-usual-ms", HOLDFAST_KEY_MS, FAMILY, HOLD_MIN, 10000, NULL, "hold of the power button that switches it off" },
  { "switch-off", "wait-ms", HOLDFAST_KEY_MS, FAMILY, 100, 60000, NULL, "wait after that" },

  { "pair", "control", HOLDFAST_KEY_WORD, OWN, 0, 0, control_word, "what is held" },
  { "pair", "control2", HOLDFAST_KEY_WORD, OWN, 0, 0, control_word, "what is held together with it" },
  { "pair", "start", HOLDFAST_KEY_WORD, OWN, 0, 0, start_word, "state in which the hold begins" },
  { "pair", "worn", HOLDFAST_KEY_YES_NO, OWN, 0, 0, NULL, "earbuds are worn, so that the voice is heard" },
  { "pair", "place", HOLDFAST_KEY_WORD, OWN, 0, 0, place_word, "where the control is" },
  { "pair", "hold-usual-ms", HOLDFAST_KEY_MS, OWN, HOLD_MIN, HOLD_MAX, NULL, "how long it is usually held: the strongest source decides" },
  { "pair", "hold-other-ms", HOLDFAST_KEY_MS, OWN, HOLD_MIN, HOLD_MAX, NULL, "another time, from a source that is not stronger" },
  { "pair", "hold-earliest-ms", HOLDFAST_KEY_MS, OWN, HOLD_MIN, HOLD_MAX, NULL, "from here the light may flash; follows from the rule if left out" },
  { "pair", "hold-longest-ms", HOLDFAST_KEY_MS, OWN, HOLD_MIN, HOLD_MAX, NULL, "“let go now”; follows from the rule if left out" },
  { "pair", "light-seen", HOLDFAST_KEY_WORD, FAMILY, 0, 0, light_word, "what the light does in pairing mode" },
  { "pair", "light-other", HOLDFAST_KEY_WORD, OWN, 0, 0, light_word, "what another source says of it" },
  { "pair", "light-place", HOLDFAST_KEY_WORD, OWN, 0, 0, place_word, "where the light is" },
  { "pair", "light", HOLDFAST_KEY_LIGHT, FAMILY, 0, 0, NULL, "pattern to draw" },
  { "pair", "voice", HOLDFAST_KEY_WORD, FAMILY, 0, 0, voice_word, "what the headset says in pairing mode" },
  { "pair", "window-ms", HOLDFAST_KEY_MS, FAMILY, 10000, 3600000, NULL, "how long pairing mode lasts" },
  { "pair", "question", HOLDFAST_KEY_WORD, OWN, 0, 0, question_word, "what is asked by picture where sources conflict badly" },
  { "pair", "question-answer", HOLDFAST_KEY_YES_NO, OWN, 0, 0, NULL, "the answer that picks this way" },

  { "restart", "control", HOLDFAST_KEY_WORD, OWN, 0, 0, control_word, "what is pressed, or held" },
  { "restart", "control2", HOLDFAST_KEY_WORD, OWN, 0, 0, control_word, "what is pressed together with it" },
  { "restart", "start", HOLDFAST_KEY_WORD, OWN, 0, 0, start_word, "state in which it begins" },
  { "restart", "hold-usual-ms", HOLDFAST_KEY_MS, OWN, HOLD_MIN, HOLD_MAX, NULL, "how long it is held; left out: pressed only" },

  { "factory-reset", "control", HOLDFAST_KEY_WORD, OWN, 0, 0, control_word, "what is held" },
  { "factory-reset", "control2", HOLDFAST_KEY_WORD, OWN, 0, 0, control_word, "what is held together with it" },
  { "factory-reset", "start", HOLDFAST_KEY_WORD, OWN, 0, 0, start_word, "state in which it begins" },
  { "factory-reset", "usb-removed", HOLDFAST_KEY_YES_NO, OWN, 0, 0, NULL, "the charger is unplugged first" },
  { "factory-reset", "hold-usual-ms", HOLDFAST_KEY_MS, OWN, HOLD_MIN, HOLD_MAX, NULL, "how long it is held" },
  { "factory-reset", "light-seen", HOLDFAST_KEY_WORD, OWN, 0, 0, light_word, "what the light does when all is erased" },
  { "factory-reset", "light", HOLDFAST_KEY_LIGHT, FAMILY, 0, 0, NULL, "pattern to draw" },
  { "factory-reset", "effect", HOLDFAST_KEY_TEXT, FAMILY, 1, TEXT_MAX, NULL, "what is lost" },

  { "notes", "quirk", HOLDFAST_KEY_TEXT, OWN, 1, TEXT_MAX, NULL, "anything odd about it" },
  { "notes", "multipoint", HOLDFAST_KEY_TEXT, OWN, 1, TEXT_MAX, NULL, "limits of connecting to two devices" },
  { "notes", "restart", HOLDFAST_KEY_TEXT, OWN, 1, TEXT_MAX, NULL, "how it restarts, where no gesture can say it" },
  { "notes", "auto-off", HOLDFAST_KEY_TEXT, OWN, 1, TEXT_MAX, NULL, "when it switches itself off" },
  { "notes", "low-battery-light", HOLDFAST_KEY_TEXT, OWN, 1, TEXT_MAX, NULL, "what the light does when the battery is low" },
  { "notes", "parts", HOLDFAST_KEY_TEXT, OWN, 1, TEXT_MAX, NULL, "anything else to know about its parts" },
  { "notes", "battery", HOLDFAST_KEY_TEXT, OWN, 1, TEXT_MAX, NULL, "anything else to know about charging" },
  { "notes", "voice", HOLDFAST_KEY_TEXT, OWN, 1, TEXT_MAX, NULL, "anything else to know about what it says" },
};
/* clang-format on */

const HoldfastKeySpec *
holdfast_keys_get (guint *ret_n_keys)
{
  g_return_val_if_fail (ret_n_keys != NULL, NULL);

  *ret_n_keys = G_N_ELEMENTS (keys);
  return keys;
}

/* "pair-2" to "pair-9" are further ways, with the keys of "pair". */
static gboolean
is_group (const char *group, const char *name)
{
  if (g_str_equal (group, name))
    return TRUE;
  return g_str_equal (name, "pair") && strlen (group) == strlen ("pair-2")
         && g_str_has_prefix (group, "pair-") && group[5] >= '2' && group[5] <= '9';
}

gboolean
holdfast_keys_has_group (const char *group)
{
  g_return_val_if_fail (group != NULL, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    if (is_group (group, keys[i].group))
      return TRUE;
  }
  return FALSE;
}

const HoldfastKeySpec *
holdfast_keys_find (const char *group, const char *key)
{
  g_return_val_if_fail (group != NULL, NULL);
  g_return_val_if_fail (key != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    if (g_str_equal (key, keys[i].key) && is_group (group, keys[i].group))
      return &keys[i];
  }
  return NULL;
}

static gboolean
fail (GError **error, const char *value, const char *what)
{
  g_autofree char *quoted = holdfast_quote_value (value);

  g_set_error (error,
               HOLDFAST_CATALOGUE_ERROR,
               HOLDFAST_CATALOGUE_ERROR_VALUE,
               "“%s” is not %s",
               quoted,
               what);
  return FALSE;
}

static gboolean
is_word (const HoldfastKeySpec *self, const char *value)
{
  const char *word;

  for (guint i = 0; (word = self->word (i)) != NULL; i++) {
    if (g_str_equal (value, word))
      return TRUE;
  }
  return FALSE;
}

static gboolean
check_word (const HoldfastKeySpec *self, const char *value, GError **error)
{
  g_autoptr (GString) what = NULL;
  const char *word;

  if (is_word (self, value))
    return TRUE;

  what = g_string_new ("one of");
  for (guint i = 0; (word = self->word (i)) != NULL; i++)
    g_string_append_printf (what, "%s %s", i > 0 ? "," : "", word);
  return fail (error, value, what->str);
}

static gboolean
check_length (const HoldfastKeySpec *self, const char *value, GError **error)
{
  gsize length = strlen (value);
  g_autofree char *what = NULL;

  if (length >= self->min && length <= self->max)
    return TRUE;
  what = g_strdup_printf ("a text of %u to %u bytes", self->min, self->max);
  return fail (error, value, what);
}

/* Lists end with ";" or not, as in any key file; no entry is empty or there twice. */
static gboolean
check_list (const HoldfastKeySpec *self, const char *value, GError **error)
{
  g_auto (GStrv) items = g_strsplit (value, ";", -1);
  guint n_items = g_strv_length (items);

  if (n_items > 0 && *items[n_items - 1] == '\0')
    g_clear_pointer (&items[--n_items], g_free);
  if (n_items == 0 || n_items > 20)
    return fail (error, value, "a list of 1 to 20 entries");
  for (guint i = 0; i < n_items; i++) {
    if (self->word != NULL ? !check_word (self, items[i], error)
                           : !check_length (self, items[i], error))
      return FALSE;
    for (guint j = 0; j < i; j++) {
      if (g_str_equal (items[i], items[j]))
        return fail (error, value, "a list without repetition");
    }
  }
  return TRUE;
}

static gboolean
check_number (const HoldfastKeySpec *self, const char *value, const char *unit, GError **error)
{
  g_autofree char *what = NULL;

  if (g_ascii_string_to_unsigned (value, 10, self->min, self->max, NULL, NULL))
    return TRUE;
  what = g_strdup_printf ("a whole number from %u to %u%s", self->min, self->max, unit);
  return fail (error, value, what);
}

static gboolean
check_hex (const HoldfastKeySpec *self, const char *value, GError **error)
{
  if (strlen (value) == 4
      && g_ascii_string_to_unsigned (value, 16, self->min, self->max, NULL, NULL))
    return TRUE;
  return fail (error, value, "four hexadecimal digits");
}

static gboolean
check_id (const HoldfastKeySpec *self, const char *value, GError **error)
{
  for (const char *c = value; *c != '\0'; c++) {
    if (!g_ascii_islower (*c) && !g_ascii_isdigit (*c) && (*c != '-' || c == value))
      return fail (error, value, "made of a to z, 0 to 9 and hyphens");
  }
  return check_length (self, value, error);
}

static gboolean
check_address (const HoldfastKeySpec *self, const char *value, GError **error)
{
  g_autoptr (GUri) uri = g_uri_parse (value, G_URI_FLAGS_NONE, NULL);

  if (uri == NULL || !g_str_equal (g_uri_get_scheme (uri), "https") || g_uri_get_host (uri) == NULL
      || *g_uri_get_host (uri) == '\0' || g_uri_get_userinfo (uri) != NULL)
    return fail (error, value, "an https:// address");
  return check_length (self, value, error);
}

static gboolean
check_light (const char *value, GError **error)
{
  g_autoptr (HoldfastTimeline) timeline = holdfast_timeline_parse (value, error);

  return timeline != NULL;
}

gboolean
holdfast_key_check (const HoldfastKeySpec *self, const char *value, GError **error)
{
  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  switch (self->type) {
  case HOLDFAST_KEY_TEXT:
    return check_length (self, value, error);
  case HOLDFAST_KEY_LIST:
  case HOLDFAST_KEY_WORDS:
    return check_list (self, value, error);
  case HOLDFAST_KEY_ID:
    return check_id (self, value, error);
  case HOLDFAST_KEY_ADDRESS:
    return check_address (self, value, error);
  case HOLDFAST_KEY_YES_NO:
    if (g_str_equal (value, "yes") || g_str_equal (value, "no"))
      return TRUE;
    return fail (error, value, "yes or no");
  case HOLDFAST_KEY_NUMBER:
    return check_number (self, value, "", error);
  case HOLDFAST_KEY_MS:
    return check_number (self, value, " milliseconds", error);
  case HOLDFAST_KEY_HEX:
    return check_hex (self, value, error);
  case HOLDFAST_KEY_LIGHT:
    return check_light (value, error);
  case HOLDFAST_KEY_WORD:
    return check_word (self, value, error);
  }
  g_return_val_if_reached (FALSE);
}
