/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>

#include "sim-private.h"

/* In the order in which people are shown them. */
static const HoldfastSimFaultWords faults[] = {
  { HOLDFAST_SIM_FAULT_NO_SERVICE,
   "no-service",         HOLDFAST_SIM_FAULT_GROUP_COMPUTER,
   N_ ("Bluetooth is not running"),
   N_ ("Nothing on this computer answers for it")                            },
  { HOLDFAST_SIM_FAULT_NO_ADAPTER,
   "no-adapter",         HOLDFAST_SIM_FAULT_GROUP_COMPUTER,
   N_ ("There is no Bluetooth hardware"),
   N_ ("As if somebody had pulled it out")                                   },
  { HOLDFAST_SIM_FAULT_OFF,
   "off",                HOLDFAST_SIM_FAULT_GROUP_COMPUTER,
   N_ ("Bluetooth is switched off"),
   N_ ("It can be switched on again")                                        },
  { HOLDFAST_SIM_FAULT_BLOCKED,
   "blocked",            HOLDFAST_SIM_FAULT_GROUP_COMPUTER,
   N_ ("Airplane mode is on"),
   N_ ("Bluetooth cannot be switched on before it is off")                   },
  { HOLDFAST_SIM_FAULT_NO_SOUND,
   "no-sound",           HOLDFAST_SIM_FAULT_GROUP_COMPUTER,
   N_ ("The sound of this computer does not use Bluetooth"),
   N_ ("Headphones pair, and no sound can go to them")                       },
  { HOLDFAST_SIM_FAULT_STALE_BOND,
   "stale-bond",         HOLDFAST_SIM_FAULT_GROUP_COMPUTER,
   N_ ("An old pairing is in the way"),
   N_ ("This computer remembers the headphones, and they have forgotten it") },
  { HOLDFAST_SIM_FAULT_IGNORED,
   "ignored",            HOLDFAST_SIM_FAULT_GROUP_COMPUTER,
   N_ ("This computer ignores the headphones"),
   N_ ("Somebody told it to, in another program")                            },
  { HOLDFAST_SIM_FAULT_NOT_STORED,
   "not-stored",         HOLDFAST_SIM_FAULT_GROUP_COMPUTER,
   N_ ("The pairing is not kept"),
   N_ ("It works until the headphones are switched off")                     },
  { HOLDFAST_SIM_FAULT_REMOVE_CRASHES,
   "remove-crashes",     HOLDFAST_SIM_FAULT_GROUP_COMPUTER,
   N_ ("Bluetooth breaks down when a pairing is removed"),
   N_ ("It starts again, and the pairing is still there; once")              },
  { HOLDFAST_SIM_FAULT_CRASH_AFTER_REMOVE,
   "crash-after-remove", HOLDFAST_SIM_FAULT_GROUP_COMPUTER,
   N_ ("Bluetooth breaks down after a pairing was removed"),
   N_ ("It starts again, and the pairing is gone; once")                     },

  { HOLDFAST_SIM_FAULT_CABLE,
   "cable",              HOLDFAST_SIM_FAULT_GROUP_HEADPHONES,
   N_ ("A headphone cable is plugged in"),
   N_ ("They switch on, and cannot be paired")                               },
  { HOLDFAST_SIM_FAULT_NOT_PAIRING,
   "not-pairing",        HOLDFAST_SIM_FAULT_GROUP_HEADPHONES,
   N_ ("They are on, and nobody can see them"),
   N_ ("Whatever is held, this computer does not find them")                 },
  { HOLDFAST_SIM_FAULT_WEAK,
   "weak",               HOLDFAST_SIM_FAULT_GROUP_HEADPHONES,
   N_ ("They are far away"),
   N_ ("They are heard only faintly")                                        },
  { HOLDFAST_SIM_FAULT_NEIGHBOUR,
   "neighbour",          HOLDFAST_SIM_FAULT_GROUP_HEADPHONES,
   N_ ("A neighbour is pairing the same headphones"),
   N_ ("Two with the same name can be found")                                },

  { HOLDFAST_SIM_FAULT_REJECT,
   "reject",             HOLDFAST_SIM_FAULT_GROUP_PAIRING,
   N_ ("The headphones say no"),
   N_ ("Each time that they are to be paired")                               },
  { HOLDFAST_SIM_FAULT_REJECT_ONCE,
   "reject-once",        HOLDFAST_SIM_FAULT_GROUP_PAIRING,
   N_ ("The headphones say no, once"),
   N_ ("The next try works")                                                 },
  { HOLDFAST_SIM_FAULT_AUTH_FAILED,
   "auth-failed",        HOLDFAST_SIM_FAULT_GROUP_PAIRING,
   N_ ("The headphones and the computer do not agree"),
   N_ ("As if one of them remembered something old")                         },
  { HOLDFAST_SIM_FAULT_NO_ANSWER,
   "no-answer",          HOLDFAST_SIM_FAULT_GROUP_PAIRING,
   N_ ("The headphones stop answering"),
   N_ ("For half a minute nothing happens")                                  },
  { HOLDFAST_SIM_FAULT_INTERRUPTED,
   "interrupted",        HOLDFAST_SIM_FAULT_GROUP_PAIRING,
   N_ ("It is interrupted in the middle"),
   N_ ("Once; the next try works")                                           },
  { HOLDFAST_SIM_FAULT_VANISH,
   "vanish",             HOLDFAST_SIM_FAULT_GROUP_PAIRING,
   N_ ("The headphones switch off in the middle"),
   N_ ("At the moment when they are to be paired")                           },
  { HOLDFAST_SIM_FAULT_PIN,
   "pin",                HOLDFAST_SIM_FAULT_GROUP_PAIRING,
   N_ ("The headphones want a number"),
   N_ ("Very old ones do; for these it is 7777")                             },
  { HOLDFAST_SIM_FAULT_NUMERIC,
   "numeric",            HOLDFAST_SIM_FAULT_GROUP_PAIRING,
   N_ ("The headphones ask to compare numbers"),
   N_ ("Headphones never do; something else does")                           },
  { HOLDFAST_SIM_FAULT_REPLY_FIRST,
   "reply-first",        HOLDFAST_SIM_FAULT_GROUP_PAIRING,
   N_ ("The computer is a little behind"),
   N_ ("It says that they are paired before it is so")                       },

  { HOLDFAST_SIM_FAULT_REFUSE_ONCE,
   "refuse-once",        HOLDFAST_SIM_FAULT_GROUP_CONNECTING,
   N_ ("The connection is refused, once"),
   N_ ("The next try works")                                                 },
  { HOLDFAST_SIM_FAULT_REFUSE,
   "refuse",             HOLDFAST_SIM_FAULT_GROUP_CONNECTING,
   N_ ("A phone keeps the headphones busy"),
   N_ ("Each connection is refused")                                         },
  { HOLDFAST_SIM_FAULT_CONNECT_HANGS,
   "connect-hangs",      HOLDFAST_SIM_FAULT_GROUP_CONNECTING,
   N_ ("Connecting does not come to an end"),
   N_ ("Nothing happens for three quarters of a minute")                     },
  { HOLDFAST_SIM_FAULT_LE_FIRST,
   "le-first",           HOLDFAST_SIM_FAULT_GROUP_CONNECTING,
   N_ ("They connect without sound at first"),
   N_ ("As happens where another program connects them")                     },
  { HOLDFAST_SIM_FAULT_NO_TRANSPORT,
   "no-transport",       HOLDFAST_SIM_FAULT_GROUP_CONNECTING,
   N_ ("They connect, and no sound goes there"),
   N_ ("Trying again does not help")                                         },
  { HOLDFAST_SIM_FAULT_UNKNOWN_OBJECT,
   "unknown-object",     HOLDFAST_SIM_FAULT_GROUP_CONNECTING,
   N_ ("They are lost after pairing"),
   N_ ("This computer has to find them again; once")                         },
};

const HoldfastSimFaultWords *
holdfast_sim_get_fault_words (guint *ret_n)
{
  g_return_val_if_fail (ret_n != NULL, NULL);

  *ret_n = G_N_ELEMENTS (faults);
  return faults;
}

HoldfastSimFaults
holdfast_sim_fault_from_string (const char *text)
{
  guint i;

  g_return_val_if_fail (text != NULL, HOLDFAST_SIM_FAULT_NONE);

  for (i = 0; i < G_N_ELEMENTS (faults); i++) {
    if (g_str_equal (text, faults[i].name))
      return faults[i].fault;
  }
  return HOLDFAST_SIM_FAULT_NONE;
}

const char *const *
holdfast_sim_get_fault_names (void)
{
  static const char *names[G_N_ELEMENTS (faults) + 1];
  static gsize once;

  if (g_once_init_enter (&once)) {
    guint i;

    for (i = 0; i < G_N_ELEMENTS (faults); i++)
      names[i] = faults[i].name;
    g_once_init_leave (&once, 1);
  }
  return names;
}

/* What is there no longer, whoever ended it: the person, a program, or that it was to happen once.
 */
void
sim_fault_is_over (HoldfastSim *sim, HoldfastSimFaults fault)
{
  if ((sim->faults & fault) == 0)
    return;
  sim->faults &= ~fault;
  g_signal_emit_by_name (sim, "faults-changed");
}

/* A key on our side that the headset no longer has. */
static void
remember_headset (HoldfastSim *sim)
{
  SimDevice *device = sim_device_find (sim, SIM_HEADSET_ADDRESS);
  gboolean is_new = device == NULL;

  holdfast_virtual_headset_forget (sim->headset, SIM_ADAPTER_ADDRESS);
  if (is_new)
    device = sim_device_new (sim, SIM_AIR_HEADSET, SIM_HEADSET_ADDRESS);
  else if (device->bonded)
    return;
  else
    sim_pairing_end (device, "AuthenticationCanceled", "Authentication Canceled");
  device->browsed = TRUE;
  device->trusted = TRUE;
  device->paired = TRUE;
  device->bonded = TRUE;
  sim_device_set_temporary (device, FALSE);
  if (is_new)
    sim_emit_added (sim, device->path);
  else
    sim_emit_changed (sim, device->path, SIM_DEVICE, "Paired", "Bonded", "Trusted", NULL);
}

static void
set_stale_bond (HoldfastSim *sim, gboolean stale)
{
  SimDevice *device = sim_device_find (sim, SIM_HEADSET_ADDRESS);

  if (stale)
    remember_headset (sim);
  else if (device != NULL && device->bonded
           && !holdfast_virtual_headset_remembers (sim->headset, SIM_ADAPTER_ADDRESS))
    sim_device_remove (device);
}

static void
set_ignored (HoldfastSim *sim, gboolean ignored)
{
  SimDevice *device = sim_device_find (sim, SIM_HEADSET_ADDRESS);
  gboolean is_new = device == NULL;

  if (is_new && !ignored)
    return;
  if (is_new)
    device = sim_device_new (sim, SIM_AIR_HEADSET, SIM_HEADSET_ADDRESS);
  if (device->blocked == ignored)
    return;
  device->blocked = ignored;
  if (ignored)
    sim_device_set_temporary (device, FALSE);
  if (is_new)
    sim_emit_added (sim, device->path);
  else
    sim_emit_changed (sim, device->path, SIM_DEVICE, "Blocked", NULL);
  if (ignored && device->connected)
    sim_link_down (device, "Local");
}

static void
set_pin (HoldfastSim *sim, gboolean wanted)
{
  SimDevice *device = sim_device_find (sim, SIM_HEADSET_ADDRESS);

  sim->legacy = wanted;
  g_set_str (&sim->pin, wanted ? "7777" : "0000");
  if (device == NULL || device->paired || device->legacy == wanted)
    return;
  device->legacy = wanted;
  sim_emit_changed (sim, device->path, SIM_DEVICE, "LegacyPairing", NULL);
}

static void
set_neighbour (HoldfastSim *sim, gboolean there)
{
  SimAir *neighbour = sim_air_find (sim, SIM_AIR_NEIGHBOUR, SIM_NEIGHBOUR_ADDRESS);

  if (there) {
    if (neighbour == NULL)
      neighbour = sim_air_add (
          sim, SIM_AIR_NEIGHBOUR, SIM_NEIGHBOUR_ADDRESS, sim->name, SIM_HEADSET_CLASS, -58);
    sim_air_set (sim, neighbour, TRUE);
  } else if (neighbour != NULL) {
    sim_air_set (sim, neighbour, FALSE);
    g_ptr_array_remove (sim->airs, neighbour);
  }
}

/* Makes the world as those of @which say. The others are looked at when a call comes for which they
 * count. */
void
sim_apply_faults (HoldfastSim *sim, HoldfastSimFaults which)
{
  sim->spent &= ~which;
  /* First: whenever the headset changes, a cable that is not there ends that fault. */
  if (which & HOLDFAST_SIM_FAULT_CABLE)
    holdfast_virtual_headset_set_cable (sim->headset,
                                        sim_has_fault (sim, HOLDFAST_SIM_FAULT_CABLE));
  if (which & HOLDFAST_SIM_FAULT_NO_SERVICE) {
    if (sim_has_fault (sim, HOLDFAST_SIM_FAULT_NO_SERVICE))
      sim_service_stop (sim);
    else
      sim_service_start (sim);
  }
  if (which & HOLDFAST_SIM_FAULT_NO_ADAPTER)
    sim_adapter_set_present (sim, !sim_has_fault (sim, HOLDFAST_SIM_FAULT_NO_ADAPTER));
  if (which
      & (HOLDFAST_SIM_FAULT_OFF | HOLDFAST_SIM_FAULT_BLOCKED | HOLDFAST_SIM_FAULT_NO_ADAPTER)) {
    sim->blocked = sim_has_fault (sim, HOLDFAST_SIM_FAULT_BLOCKED);
    sim_adapter_set_powered (sim, !sim->blocked && !sim_has_fault (sim, HOLDFAST_SIM_FAULT_OFF));
  }
  if (which & HOLDFAST_SIM_FAULT_NO_SOUND)
    sim_adapter_set_sound (sim, !sim_has_fault (sim, HOLDFAST_SIM_FAULT_NO_SOUND));
  if (which & HOLDFAST_SIM_FAULT_STALE_BOND)
    set_stale_bond (sim, sim_has_fault (sim, HOLDFAST_SIM_FAULT_STALE_BOND));
  if (which & HOLDFAST_SIM_FAULT_IGNORED)
    set_ignored (sim, sim_has_fault (sim, HOLDFAST_SIM_FAULT_IGNORED));
  if (which & HOLDFAST_SIM_FAULT_PIN)
    set_pin (sim, sim_has_fault (sim, HOLDFAST_SIM_FAULT_PIN));
  if (which & HOLDFAST_SIM_FAULT_NUMERIC)
    sim->display = sim_has_fault (sim, HOLDFAST_SIM_FAULT_NUMERIC);
  if (which & HOLDFAST_SIM_FAULT_WEAK)
    sim->rssi = sim_has_fault (sim, HOLDFAST_SIM_FAULT_WEAK) ? -85 : -50;
  if (which & HOLDFAST_SIM_FAULT_NEIGHBOUR)
    set_neighbour (sim, sim_has_fault (sim, HOLDFAST_SIM_FAULT_NEIGHBOUR));
  sim_air_update (sim);
}
