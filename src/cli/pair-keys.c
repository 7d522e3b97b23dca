/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "pair-keys.h"

#include <glib/gi18n-lib.h>

#include "sentences.h"
#include "terminal.h"

/* What a typed key means in a state; "" is Enter alone. Order is the order of the prompt. YES and
 * NO are the letters of the person's language; their labels come without them. */
#define YES "y"
#define NO "n"

typedef struct {
  HoldfastState state;
  const char *key;
  HoldfastEventKind intent;
  int answer;
  const char *label;
} Key;

#define ANY HOLDFAST_STATE_MAX

/* clang-format off: one key a line */
static const Key keys[] = {
  { HOLDFAST_STATE_KNOWN,       "",  HOLDFAST_EVENT_CONTINUE,       0,                           N_ ("Enter: connect")                        },
  { HOLDFAST_STATE_KNOWN,       "p", HOLDFAST_EVENT_PAIR_AGAIN,     0,                           N_ ("p: pair again")                         },
  { HOLDFAST_STATE_GET_READY,   "",  HOLDFAST_EVENT_CONTINUE,       0,                           N_ ("Enter: go on")                          },
  { HOLDFAST_STATE_GET_READY,   "r", HOLDFAST_EVENT_REPAIR,         0,                           N_ ("r: switch Bluetooth on")                },
  { HOLDFAST_STATE_WAIT_RADIO,  "r", HOLDFAST_EVENT_REPAIR,         0,                           N_ ("r: switch Bluetooth on")                },
  { HOLDFAST_STATE_ASK_WAY,     YES, HOLDFAST_EVENT_ANSWER_WAY,     1,                           N_ ("yes")                                   },
  { HOLDFAST_STATE_ASK_WAY,     NO,  HOLDFAST_EVENT_ANSWER_WAY,     0,                           N_ ("no")                                    },
  { HOLDFAST_STATE_INVITE,      "",  HOLDFAST_EVENT_START,          0,                           N_ ("Enter: start the count")                },
  { HOLDFAST_STATE_INVITE,      "h", HOLDFAST_EVENT_HOLDING_NOW,    0,                           N_ ("h: I am holding it now")                },
  { HOLDFAST_STATE_LEAD_IN,     "",  HOLDFAST_EVENT_HOLDING_NOW,    0,                           N_ ("Enter: I am holding it now")            },
  { HOLDFAST_STATE_HOLD,        "c", HOLDFAST_EVENT_CONTINUE,       0,                           N_ ("c: that is done")                       },
  { HOLDFAST_STATE_HOLD,        "",  HOLDFAST_EVENT_AGAIN,          0,                           N_ ("Enter: begin this again")               },
  { HOLDFAST_STATE_LOOKING,     "",  HOLDFAST_EVENT_AGAIN,          0,                           N_ ("Enter: hold it again")                  },
  { HOLDFAST_STATE_ASK_LIGHT,   "1", HOLDFAST_EVENT_ANSWER_LIGHT,   HOLDFAST_LIGHT_ANSWER_PAIRS, NULL                                         },
  { HOLDFAST_STATE_ASK_LIGHT,   "2", HOLDFAST_EVENT_ANSWER_LIGHT,   HOLDFAST_LIGHT_ANSWER_SLOW,  NULL                                         },
  { HOLDFAST_STATE_ASK_LIGHT,   "3", HOLDFAST_EVENT_ANSWER_LIGHT,   HOLDFAST_LIGHT_ANSWER_SOLID, NULL                                         },
  { HOLDFAST_STATE_ASK_LIGHT,   "4", HOLDFAST_EVENT_ANSWER_LIGHT,   HOLDFAST_LIGHT_ANSWER_RED,   NULL                                         },
  { HOLDFAST_STATE_ASK_LIGHT,
   "5",                              HOLDFAST_EVENT_ANSWER_LIGHT,
   HOLDFAST_LIGHT_ANSWER_NOTHING,                                                                NULL                                         },
  { HOLDFAST_STATE_ASK_LIGHT,   "6", HOLDFAST_EVENT_ANSWER_LIGHT,   HOLDFAST_LIGHT_ANSWER_VOICE, NULL                                         },
  { HOLDFAST_STATE_ASK_FORGET,
   YES,                              HOLDFAST_EVENT_CONTINUE,
   0,                                                                                            N_ ("forget the old pairing and pair again") },
  { HOLDFAST_STATE_ASK_FORGET,  NO,  HOLDFAST_EVENT_BACK,           0,                           N_ ("leave it")                              },
  { HOLDFAST_STATE_ASK_UNBLOCK, YES, HOLDFAST_EVENT_CONTINUE,       0,                           N_ ("use them again")                        },
  { HOLDFAST_STATE_ASK_UNBLOCK, NO,  HOLDFAST_EVENT_BACK,           0,                           N_ ("leave it")                              },
  { HOLDFAST_STATE_DONE,        "",  HOLDFAST_EVENT_CONTINUE,       0,                           N_ ("Enter: close")                          },
  { HOLDFAST_STATE_GUIDE_DONE,  "",  HOLDFAST_EVENT_CONTINUE,       0,                           N_ ("Enter: close")                          },
  { HOLDFAST_STATE_FAILED,      "",  HOLDFAST_EVENT_REPAIR,         0,                           NULL                                         },
  { HOLDFAST_STATE_FAILED,      "e", HOLDFAST_EVENT_SOMETHING_ELSE, 0,                           N_ ("e: it is something else")               },
  { ANY,                        "b", HOLDFAST_EVENT_BACK,           0,                           N_ ("b: back")                               },
  { ANY,                        "q", HOLDFAST_EVENT_CANCEL,         0,                           N_ ("q: stop")                               },
};
/* clang-format on */

static const char *
get_key (const Key *key)
{
  if (g_str_equal (key->key, YES))
    return holdfast_answer_get_letter (TRUE);
  return g_str_equal (key->key, NO) ? holdfast_answer_get_letter (FALSE) : key->key;
}

static gboolean
means_something (const Key *key, const HoldfastMachine *machine)
{
  return (key->state == machine->state || key->state == ANY)
         && holdfast_machine_accepts (machine, key->intent);
}

char *
holdfast_pair_keys_describe_answer (gboolean yes, const char *meaning)
{
  /* Translators: a letter to type, and what it means: "y: yes" */
  return g_strdup_printf (_ ("%s: %s"), holdfast_answer_get_letter (yes), meaning);
}

/* Returns: (transfer full) (nullable): NULL where the page itself says what the key means */
static char *
describe (const Key *key, const HoldfastMachine *machine)
{
  if (g_str_equal (key->key, YES) || g_str_equal (key->key, NO))
    return holdfast_pair_keys_describe_answer (g_str_equal (key->key, YES), _ (key->label));
  if (key->label != NULL)
    return g_strdup (_ (key->label));
  if (key->intent == HOLDFAST_EVENT_REPAIR)
    return g_strdup_printf (
        /* Translators: what the key Enter does; %s is the label of a button */
        _ ("Enter: %s"),
        holdfast_repair_get_label (holdfast_failure_get_repair (machine->failure)));
  return NULL;
}

GPtrArray *
holdfast_pair_keys_get_labels (const HoldfastMachine *machine)
{
  GPtrArray *labels = g_ptr_array_new_with_free_func (g_free);

  if (machine->state == HOLDFAST_STATE_ASK_PIN)
    g_ptr_array_add (labels, g_strdup (_ ("the number, then Enter")));
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    char *label = means_something (&keys[i], machine) ? describe (&keys[i], machine) : NULL;

    if (label != NULL)
      g_ptr_array_add (labels, label);
  }
  return labels;
}

gboolean
holdfast_pair_keys_find (const HoldfastMachine *machine,
                         const char *line,
                         HoldfastEventKind *ret_intent,
                         int *ret_answer)
{
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++) {
    if (!means_something (&keys[i], machine) || !holdfast_line_is (line, get_key (&keys[i])))
      continue;
    *ret_intent = keys[i].intent;
    *ret_answer = keys[i].answer;
    return TRUE;
  }
  return FALSE;
}
