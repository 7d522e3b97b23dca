/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "holdfast-test.h"
#include "sim.h"

G_BEGIN_DECLS

/**
 * WireLog:
 *
 * A simulated world with programs on it, and every message that the first program sent or got, in
 * the order of the wire, each with the manual clock's time.
 */
typedef struct {
  HoldfastClock *clock;
  HoldfastSim *sim;
  GPtrArray *connections;
  GMutex mutex;
  GString *text;
  GHashTable *calls; /* serial to method */
  gint64 now_us;
  gboolean names_only; /* of ten thousand messages, only what they are called is logged */
} WireLog;

WireLog *wire_log_new (HoldfastHeadset *model, HoldfastSimFaults faults);
void wire_log_free (WireLog *log);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WireLog, wire_log_free)

/** Connects one more program. Returns: (transfer none) */
GDBusConnection *wire_log_connect (WireLog *log);
/** Program number @n calls; what is answered is in the log. */
void wire_log_call (WireLog *log,
                    guint n,
                    const char *path,
                    const char *interface,
                    const char *method,
                    GVariant *parameters);
/** Calls a method of the headset's object. */
void wire_log_call_headset (WireLog *log, guint n, const char *method, GVariant *parameters);
/** Program 0 looks for devices; the headset enters pairing mode and is found. */
void wire_log_find (WireLog *log);
/** Time passes, alarm by alarm; all messages arrive in between. */
void wire_log_run (WireLog *log, gint64 ms);
/** Returns: (transfer full): all objects, a{oa{sa{sv}}} */
GVariant *wire_log_get_objects (WireLog *log);
/** What is under way arrives; no time passes. */
void wire_log_settle (WireLog *log);
/** Program 0 has an agent, which answers "0000", 0 or nothing at all: yes to everything. */
void wire_log_add_agent (WireLog *log, const char *capability, gboolean accepts, const char *pin);
void wire_log_command (WireLog *log, const char *line);
/** Forgets what was logged so far. */
void wire_log_clear (WireLog *log);
/** Returns: how many messages of that kind were logged since the last look */
guint wire_log_count (WireLog *log, const char *kind);
/** Returns: (transfer full) */
char *wire_log_steal (WireLog *log);

G_END_DECLS
