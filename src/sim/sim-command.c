/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "sim-private.h"

/* The hand of the contract suite: tests/contract/README.md. */

typedef char *(*Verb) (HoldfastSim *sim, guint n_words, char **words);

#define MOST_WORDS 6

static char *
ok (void)
{
  return g_strdup ("ok");
}

static char *
refuse (const char *sentence)
{
  return g_strconcat ("error ", sentence, NULL);
}

static gboolean
parse_switch (const char *word, gboolean *ret_on)
{
  *ret_on = g_str_equal (word, "on");
  return *ret_on || g_str_equal (word, "off");
}

/* Returns: (transfer full) (nullable): the text behind a percent-encoded word */
static char *
parse_text (const char *word)
{
  g_autoptr (GString) text = g_string_new (NULL);

  if (g_str_equal (word, "%"))
    return g_strdup ("");
  while (*word != '\0') {
    if (*word != '%') {
      g_string_append_c (text, *word++);
    } else if (g_ascii_isxdigit (word[1]) && g_ascii_isxdigit (word[2])) {
      g_string_append_c (
          text, (char) (g_ascii_xdigit_value (word[1]) << 4 | g_ascii_xdigit_value (word[2])));
      word += 3;
    } else {
      return NULL;
    }
  }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* A name on the air is bytes; bluetoothd makes UTF-8 of it and keeps what fits. */
static char *
parse_name (const char *word)
{
  g_autofree char *text = parse_text (word);
  g_autofree char *cut = NULL;

  if (text == NULL)
    return NULL;
  cut = g_strndup (text, 248);
  return g_utf8_make_valid (cut, -1);
}

static gboolean
parse_hex (const char *word, guint64 most, guint64 *ret_number)
{
  return g_str_has_prefix (word, "0x")
         && g_ascii_string_to_unsigned (word + 2, 16, 0, most, ret_number, NULL);
}

static char *
capabilities (HoldfastSim *sim, guint n_words, char **words)
{
  return g_strconcat ("ok pairable vanish pin agent faults timing headset-forgets "
                      "headset-connects le-twin neighbour transport clients bluetoothd-restart "
                      "adapter-power adapter-unplug bluez-property",
                      HOLDFAST_IS_MANUAL_CLOCK (sim->clock) ? " manual-clock" : "",
                      NULL);
}

static char *
reset (HoldfastSim *sim, guint n_words, char **words)
{
  sim_reset (sim);
  return sim->discovering ? refuse ("discovering") : ok ();
}

static void
put (GString *line, const char *key, gboolean value)
{
  g_string_append_printf (line, " %s=%s", key, value ? "yes" : "no");
}

static char *
state (HoldfastSim *sim, guint n_words, char **words)
{
  HoldfastVirtualMode mode = holdfast_virtual_headset_get_mode (sim->headset);
  SimDevice *device = sim_device_find_kind (sim, SIM_AIR_HEADSET);
  gboolean knows = holdfast_virtual_headset_remembers (sim->headset, SIM_ADAPTER_ADDRESS);
  gboolean on = mode != HOLDFAST_VIRTUAL_OFF || sim->kept_in_pairing;
  gboolean pairing = mode == HOLDFAST_VIRTUAL_PAIRING || sim->kept_in_pairing;
  GString *line = g_string_new ("ok");

  put (line, "present", sim->radio && on);
  put (line, "discoverable", pairing);
  put (line, "connectable", pairing || (on && knows));
  put (line, "pairable", sim->pairable && pairing);
  put (line, "paired", knows);
  put (line, "connected", device != NULL && device->connected);
  put (line, "transport", device != NULL && device->transport);
  g_string_append_printf (line, " agent-calls=%u", sim->agent_calls);
  put (line, "discovering", sim->discovering);
  put (line, "sound", sim->sound);
  g_string_append_printf (line,
                          " powered=%s",
                          !sim->present || !sim->service ? "absent"
                          : sim->powered                 ? "yes"
                                                         : "no");
  return g_string_free (line, FALSE);
}

static char *
pairing_mode (HoldfastSim *sim, guint n_words, char **words)
{
  gboolean on;

  if (!parse_switch (words[1], &on))
    return refuse ("on or off");
  sim->kept_in_pairing = on;
  sim->pairable = TRUE;
  if (!on && holdfast_virtual_headset_get_mode (sim->headset) == HOLDFAST_VIRTUAL_PAIRING)
    holdfast_virtual_headset_set_mode (sim->headset, HOLDFAST_VIRTUAL_ON);
  sim_air_update (sim);
  return ok ();
}

static char *
pairable (HoldfastSim *sim, guint n_words, char **words)
{
  return parse_switch (words[1], &sim->pairable) ? ok () : refuse ("on or off");
}

static char *
vanish (HoldfastSim *sim, guint n_words, char **words)
{
  SimDevice *device = sim_device_find_kind (sim, SIM_AIR_HEADSET);

  sim->radio = FALSE;
  if (device != NULL && device->connected)
    sim_link_down_in (device, sim->supervision_us, "Timeout");
  sim_air_update (sim);
  return ok ();
}

static char *
come_back (HoldfastSim *sim, guint n_words, char **words)
{
  sim->radio = TRUE;
  sim_air_update (sim);
  return ok ();
}

static char *
name (HoldfastSim *sim, guint n_words, char **words)
{
  char *text = parse_name (words[1]);

  if (text == NULL)
    return refuse ("not percent-encoded");
  g_free (sim->name);
  sim->name = text;
  sim_air_update (sim);
  return ok ();
}

static char *class (HoldfastSim *sim, guint n_words, char **words)
{
  guint64 number;

  if (!parse_hex (words[1], 0xffffff, &number))
    return refuse ("not a class of device");
  sim->class_of_device = (guint32) number;
  sim_air_update (sim);
  return ok ();
}

static char *
legacy (HoldfastSim *sim, guint n_words, char **words)
{
  return parse_switch (words[1], &sim->legacy) ? ok () : refuse ("on or off");
}

static char *
pin (HoldfastSim *sim, guint n_words, char **words)
{
  g_set_str (&sim->pin, words[1]);
  return ok ();
}

static char *
io (HoldfastSim *sim, guint n_words, char **words)
{
  sim->display = g_str_equal (words[1], "DisplayYesNo");
  return sim->display || g_str_equal (words[1], "NoInputNoOutput")
             ? ok ()
             : refuse ("NoInputNoOutput or DisplayYesNo");
}

static char *
agent (HoldfastSim *sim, guint n_words, char **words)
{
  static const char *const answers[] = {
    [SIM_ANSWER_ACCEPT] = "accept",
    [SIM_ANSWER_REJECT] = "reject",
    [SIM_ANSWER_HANG] = "hang",
  };
  guint i;

  for (i = 0; i < G_N_ELEMENTS (answers); i++) {
    if (g_str_equal (words[1], answers[i])) {
      sim->answer = (SimAnswer) i;
      return ok ();
    }
  }
  return refuse ("accept, reject or hang");
}

static char *
next (HoldfastSim *sim, guint n_words, char **words)
{
  guint64 status;

  if (!parse_hex (words[2], 0xff, &status))
    return refuse ("not a status");
  if (g_str_equal (words[1], "auth"))
    sim->next_auth = (int) status;
  else if (g_str_equal (words[1], "page"))
    sim->next_page = (int) status;
  else if (g_str_equal (words[1], "encrypt"))
    sim->next_encrypt = (int) status;
  else
    return refuse ("auth, page or encrypt");
  return ok ();
}

static char *
set (HoldfastSim *sim, guint n_words, char **words)
{
  char *end;
  double value = g_ascii_strtod (words[2], &end);

  if (*end != '\0' || end == words[2] || !(value >= -127 && value <= 3600))
    return refuse ("not a number");
  if (g_str_equal (words[1], "rssi")) {
    sim->rssi = (gint16) value;
    sim_air_update (sim);
  } else if (value < 0) {
    return refuse ("not a time");
  } else if (g_str_equal (words[1], "supervision")) {
    sim->supervision_us = (gint64) (value * G_USEC_PER_SEC);
  } else if (g_str_equal (words[1], "page")) {
    sim->page_us = (gint64) (value * G_USEC_PER_SEC);
  } else if (g_str_equal (words[1], "lmp")) {
    sim->dialogue_us = (gint64) (value * G_USEC_PER_SEC);
  } else {
    return refuse ("supervision, page, lmp or rssi");
  }
  return ok ();
}

static char *
forget (HoldfastSim *sim, guint n_words, char **words)
{
  if (!g_str_equal (words[1], "headset"))
    return refuse ("forget headset");
  holdfast_virtual_headset_forget (sim->headset, SIM_ADAPTER_ADDRESS);
  return ok ();
}

static char *
connect_by_itself (HoldfastSim *sim, guint n_words, char **words)
{
  const char *error = sim_headset_connects (sim);

  return error == NULL ? ok () : refuse (error);
}

static char *
disconnect_by_itself (HoldfastSim *sim, guint n_words, char **words)
{
  SimDevice *device = sim_device_find_kind (sim, SIM_AIR_HEADSET);

  if (device == NULL || !device->connected)
    return refuse ("not connected");
  sim_link_down (device, "Remote");
  return ok ();
}

static char *
le_twin (HoldfastSim *sim, guint n_words, char **words)
{
  gboolean on;

  if (!parse_switch (words[1], &on))
    return refuse ("on or off");
  g_clear_pointer (&sim->twin_name, g_free);
  if (n_words > 2 && (sim->twin_name = parse_name (words[2])) == NULL)
    return refuse ("not percent-encoded");
  sim->twin = on;
  sim_air_update (sim);
  return ok ();
}

static gboolean
is_address (const char *text)
{
  guint i;

  if (strlen (text) != 17)
    return FALSE;
  for (i = 0; i < 17; i++) {
    if (i % 3 == 2 ? text[i] != ':' : !g_ascii_isxdigit (text[i]))
      return FALSE;
  }
  return TRUE;
}

static char *
neighbour_off (HoldfastSim *sim, const char *address)
{
  SimAir *air = sim_air_find (sim, SIM_AIR_NEIGHBOUR, address);

  if (air == NULL)
    return refuse ("no such neighbour");
  sim_air_set (sim, air, FALSE);
  g_ptr_array_remove (sim->airs, air);
  return ok ();
}

static char *
neighbour (HoldfastSim *sim, guint n_words, char **words)
{
  g_autofree char *address = NULL;
  g_autofree char *text = NULL;
  guint64 number;
  int rssi;

  if (g_str_equal (words[1], "off") && n_words == 3) {
    address = g_ascii_strup (words[2], -1);
    return neighbour_off (sim, address);
  }
  if (!g_str_equal (words[1], "on") || n_words != 6)
    return refuse ("neighbour on NAME ADDRESS 0xCLASS RSSI");
  text = parse_name (words[2]);
  address = g_ascii_strup (words[3], -1);
  rssi = atoi (words[5]);
  if (text == NULL || !is_address (address) || !parse_hex (words[4], 0xffffff, &number)
      || rssi < -127 || rssi > 20)
    return refuse ("neighbour on NAME ADDRESS 0xCLASS RSSI");
  if (sim_air_find (sim, SIM_AIR_NEIGHBOUR, address) != NULL)
    g_free (neighbour_off (sim, address));
  sim_air_set (sim,
               sim_air_add (sim, SIM_AIR_NEIGHBOUR, address, text, (guint32) number, (gint16) rssi),
               TRUE);
  return ok ();
}

static char *
crowd (HoldfastSim *sim, guint n_words, char **words)
{
  SimAir *air = sim_air_find (sim, SIM_AIR_CROWD, "");
  guint64 number;

  if (!g_ascii_string_to_unsigned (words[1], 10, 0, 100000, &number, NULL))
    return refuse ("0 to 100000");
  if (air == NULL)
    air = sim_air_add (sim, SIM_AIR_CROWD, "", "", 0, -80);
  sim_crowd_set (sim, air, (guint) number);
  return ok ();
}

static char *
sound (HoldfastSim *sim, guint n_words, char **words)
{
  gboolean on;

  if (!parse_switch (words[1], &on))
    return refuse ("on or off");
  sim_adapter_set_sound (sim, on);
  return ok ();
}

static char *
adapter (HoldfastSim *sim, guint n_words, char **words)
{
  gboolean on;

  if (g_str_equal (words[1], "unplug")) {
    sim_adapter_set_present (sim, FALSE);
  } else if (g_str_equal (words[1], "plug")) {
    sim_adapter_set_present (sim, TRUE);
    sim_adapter_set_powered (sim, TRUE);
  } else if (!parse_switch (words[1], &on)) {
    return refuse ("on, off, unplug or plug");
  } else if (!sim->present) {
    return refuse ("no adapter");
  } else {
    sim_adapter_set_powered (sim, on);
  }
  return ok ();
}

/* JSON's strings, numbers, booleans and arrays are GVariant's text too; null takes the property
 * away. */
static char *
property (HoldfastSim *sim, guint n_words, char **words)
{
  SimDevice *device = sim_device_find_kind (sim, SIM_AIR_HEADSET);
  g_autoptr (GVariant) value = NULL;
  g_autofree char *text = NULL;

  if (device == NULL)
    return refuse ("the computer does not know the headset");
  text = g_strjoinv (" ", words + 2);
  if (!g_str_equal (text, "null")) {
    value = g_variant_parse (NULL, text, NULL, NULL, NULL);
    if (value == NULL)
      return refuse ("not a value");
  }
  if (device->overrides == NULL)
    device->overrides = g_hash_table_new_full (
        g_str_hash, g_str_equal, g_free, (GDestroyNotify) sim_variant_clear);
  g_hash_table_replace (device->overrides, g_strdup (words[1]), g_steal_pointer (&value));
  sim_emit_changed (sim, device->path, SIM_DEVICE, words[1], NULL);
  return ok ();
}

static char *
advance (HoldfastSim *sim, guint n_words, char **words)
{
  guint64 ms;

  if (!HOLDFAST_IS_MANUAL_CLOCK (sim->clock))
    return refuse ("not here");
  if (!g_ascii_string_to_unsigned (words[1], 10, 0, 86400000, &ms, NULL))
    return refuse ("not a time");
  holdfast_manual_clock_advance (HOLDFAST_MANUAL_CLOCK (sim->clock), (gint64) ms * SIM_MS);
  return ok ();
}

static char *
restart_bluetoothd (HoldfastSim *sim, guint n_words, char **words)
{
  sim_service_restart (sim);
  return ok ();
}

static const struct {
  const char *verb;
  guint least;
  guint most;
  Verb run;
} verbs[] = {
  { "adapter",            2, 2,          adapter              },
  { "advance",            2, 2,          advance              },
  { "agent",              2, 2,          agent                },
  { "capabilities",       1, 1,          capabilities         },
  { "class",              2, 2,          class                },
  { "connect",            1, 1,          connect_by_itself    },
  { "crowd",              2, 2,          crowd                },
  { "disconnect",         1, 1,          disconnect_by_itself },
  { "forget",             2, 2,          forget               },
  { "io",                 2, 2,          io                   },
  { "le-twin",            2, 3,          le_twin              },
  { "legacy",             2, 2,          legacy               },
  { "name",               2, 2,          name                 },
  { "neighbour",          3, MOST_WORDS, neighbour            },
  { "next",               3, 3,          next                 },
  { "pairable",           2, 2,          pairable             },
  { "pairing-mode",       2, 2,          pairing_mode         },
  { "pin",                2, 2,          pin                  },
  { "property",           3, G_MAXUINT,  property             },
  { "reset",              1, 1,          reset                },
  { "restart-bluetoothd", 1, 1,          restart_bluetoothd   },
  { "return",             1, 1,          come_back            },
  { "set",                3, 3,          set                  },
  { "sound",              2, 2,          sound                },
  { "state",              1, 1,          state                },
  { "vanish",             1, 1,          vanish               },
};

char *
holdfast_sim_command (HoldfastSim *self, const char *line)
{
  g_auto (GStrv) words = NULL;
  guint n_words;
  guint i;

  g_return_val_if_fail (HOLDFAST_IS_SIM (self), NULL);
  g_return_val_if_fail (line != NULL, NULL);

  words = g_strsplit (line, " ", -1);
  n_words = g_strv_length (words);
  for (i = 0; i < G_N_ELEMENTS (verbs); i++) {
    if (n_words == 0 || !g_str_equal (words[0], verbs[i].verb))
      continue;
    if (n_words < verbs[i].least || n_words > verbs[i].most)
      return refuse ("wrong number of words");
    return verbs[i].run (self, n_words, words);
  }
  return refuse ("unknown verb");
}
