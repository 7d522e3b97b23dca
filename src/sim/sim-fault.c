/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "sim-private.h"

static const struct {
  HoldfastSimFaults fault;
  const char *name;
} faults[] = {
  { HOLDFAST_SIM_FAULT_NO_SERVICE,         "no-service"         },
  { HOLDFAST_SIM_FAULT_NO_ADAPTER,         "no-adapter"         },
  { HOLDFAST_SIM_FAULT_OFF,                "off"                },
  { HOLDFAST_SIM_FAULT_BLOCKED,            "blocked"            },
  { HOLDFAST_SIM_FAULT_NO_SOUND,           "no-sound"           },
  { HOLDFAST_SIM_FAULT_CABLE,              "cable"              },
  { HOLDFAST_SIM_FAULT_STALE_BOND,         "stale-bond"         },
  { HOLDFAST_SIM_FAULT_REJECT,             "reject"             },
  { HOLDFAST_SIM_FAULT_REJECT_ONCE,        "reject-once"        },
  { HOLDFAST_SIM_FAULT_AUTH_FAILED,        "auth-failed"        },
  { HOLDFAST_SIM_FAULT_NO_ANSWER,          "no-answer"          },
  { HOLDFAST_SIM_FAULT_INTERRUPTED,        "interrupted"        },
  { HOLDFAST_SIM_FAULT_VANISH,             "vanish"             },
  { HOLDFAST_SIM_FAULT_REFUSE_ONCE,        "refuse-once"        },
  { HOLDFAST_SIM_FAULT_REFUSE,             "refuse"             },
  { HOLDFAST_SIM_FAULT_CONNECT_HANGS,      "connect-hangs"      },
  { HOLDFAST_SIM_FAULT_LE_FIRST,           "le-first"           },
  { HOLDFAST_SIM_FAULT_NEIGHBOUR,          "neighbour"          },
  { HOLDFAST_SIM_FAULT_PIN,                "pin"                },
  { HOLDFAST_SIM_FAULT_NUMERIC,            "numeric"            },
  { HOLDFAST_SIM_FAULT_REPLY_FIRST,        "reply-first"        },
  { HOLDFAST_SIM_FAULT_WEAK,               "weak"               },
  { HOLDFAST_SIM_FAULT_NOT_PAIRING,        "not-pairing"        },
  { HOLDFAST_SIM_FAULT_UNKNOWN_OBJECT,     "unknown-object"     },
  { HOLDFAST_SIM_FAULT_NOT_STORED,         "not-stored"         },
  { HOLDFAST_SIM_FAULT_REMOVE_CRASHES,     "remove-crashes"     },
  { HOLDFAST_SIM_FAULT_CRASH_AFTER_REMOVE, "crash-after-remove" },
};

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

/* A key on our side that the headset no longer has. */
static void
remember_headset (HoldfastSim *sim)
{
  SimDevice *device = sim_device_find (sim, SIM_HEADSET_ADDRESS);

  holdfast_virtual_headset_forget (sim->headset, SIM_ADAPTER_ADDRESS);
  if (device == NULL)
    device = sim_device_new (sim, SIM_AIR_HEADSET, SIM_HEADSET_ADDRESS);
  else if (device->bonded)
    return;
  device->browsed = TRUE;
  device->trusted = TRUE;
  device->paired = TRUE;
  device->bonded = TRUE;
  sim_device_set_temporary (device, FALSE);
  sim_emit_added (sim, device->path);
}

/* Makes the world as the faults say. Those that wait for a call are looked at there. */
void
sim_apply_faults (HoldfastSim *sim)
{
  SimAir *neighbour = sim_air_find (sim, SIM_AIR_NEIGHBOUR, SIM_NEIGHBOUR_ADDRESS);

  sim->spent = 0;
  if (sim_has_fault (sim, HOLDFAST_SIM_FAULT_NO_SERVICE))
    sim_service_stop (sim);
  else
    sim_service_start (sim);
  sim_adapter_set_present (sim, !sim_has_fault (sim, HOLDFAST_SIM_FAULT_NO_ADAPTER));
  sim->blocked = sim_has_fault (sim, HOLDFAST_SIM_FAULT_BLOCKED);
  sim_adapter_set_powered (sim, !sim->blocked && !sim_has_fault (sim, HOLDFAST_SIM_FAULT_OFF));
  sim_adapter_set_sound (sim, !sim_has_fault (sim, HOLDFAST_SIM_FAULT_NO_SOUND));
  holdfast_virtual_headset_set_cable (sim->headset, sim_has_fault (sim, HOLDFAST_SIM_FAULT_CABLE));
  if (sim_has_fault (sim, HOLDFAST_SIM_FAULT_STALE_BOND))
    remember_headset (sim);
  sim->legacy = sim_has_fault (sim, HOLDFAST_SIM_FAULT_PIN);
  g_set_str (&sim->pin, sim->legacy ? "7777" : "0000");
  sim->display = sim_has_fault (sim, HOLDFAST_SIM_FAULT_NUMERIC);
  sim->rssi = sim_has_fault (sim, HOLDFAST_SIM_FAULT_WEAK) ? -85 : -50;
  if (sim_has_fault (sim, HOLDFAST_SIM_FAULT_NEIGHBOUR)) {
    if (neighbour == NULL)
      neighbour = sim_air_add (
          sim, SIM_AIR_NEIGHBOUR, SIM_NEIGHBOUR_ADDRESS, sim->name, SIM_HEADSET_CLASS, -58);
    sim_air_set (sim, neighbour, TRUE);
  } else if (neighbour != NULL) {
    sim_air_set (sim, neighbour, FALSE);
    g_ptr_array_remove (sim->airs, neighbour);
  }
  sim_air_update (sim);
}
