/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "agent.h"
#include "client.h"
#include "detector.h"
#include "differences.h"
#include "world.h"

G_BEGIN_DECLS

#define HEADSET_NAME "WH-1000XM4"
#define HEADSET_ADDRESS "38:18:4C:00:00:42"
#define HEADSET_CLASS 0x240404
#define TWIN_ADDRESS "C0:11:22:33:44:55"

/* How long something may take that happens at once in life; emulated guests are slow at times. */
#define SOON_SECONDS 8
/* How long the headset may stay unseen: an inquiry, BlueZ's pause of 5 s, and one more. */
#define SEEN_SECONDS 20

typedef struct _Fixture Fixture;

/**
 * Call:
 * @name: what was asked, for messages
 * @done: the answer is here
 * @error: (nullable): the answer, if it is an error
 * @ms: how long the answer took, in the world's time
 *
 * One asynchronous verb of the client. Belongs to its fixture.
 */
typedef struct {
  char *name;
  World *world;
  gboolean done;
  GError *error;
  gint64 began_us;
  gint64 ms;
} Call;

/**
 * Fixture:
 * @client: ours, on a bus connection of its own
 * @agent: (nullable): ours, after fixture_register_agent()
 * @headset: (nullable): the headset's classic device, once it was sighted
 * @detector: sees what the client sights
 * @began_us: when the case began, in the world's time: the hold, for @detector
 *
 * One case's connection to the world.
 */
struct _Fixture {
  const char *case_name;
  const char *bus_address;
  gboolean peer;
  World *world;
  Differences *differences;
  HoldfastCatalogue *catalogue;

  GDBusConnection *bus;
  HoldfastClient *client;
  HoldfastAgent *agent;
  HoldfastDevice *headset;
  HoldfastDetector *detector;
  gint64 began_us;
  GHashTable *first_sighted_us;
  GPtrArray *removed;
  GPtrArray *calls;
  guint pin_requests;
  guint agent_released;
  char *refused;
};

gboolean fixture_set_up (Fixture *self);
void fixture_tear_down (Fixture *self);

/** Returns: (transfer full) (nullable): one more connection to the same bus */
GDBusConnection *fixture_connect (Fixture *self);
/** Returns: (transfer full) (nullable): one more client */
HoldfastClient *fixture_new_client (Fixture *self, GDBusConnection *bus);

/** The bus is left, as when the program's connection breaks. */
void fixture_close_bus (Fixture *self);
/** The client is given up, whatever it does at that moment. */
void fixture_drop_client (Fixture *self);

/* Waiting, in the world's time. `await` fails and leaves a case that returns void; `reached` says
 * whether it came, so that helpers can pass it on. */

typedef struct {
  World *world;
  gint64 until_us;
  gint64 real_until_us;
  guint wake;
} Await;

void await_begin (Await *self, World *world, double seconds);
gboolean await_step (Await *self);
void await_end (Await *self);

#define reached(f, condition, seconds)                                                             \
  ({                                                                                               \
    Await await_;                                                                                  \
    gboolean reached_;                                                                             \
    await_begin (&await_, (f)->world, seconds);                                                    \
    while (!(reached_ = !!(condition)) && await_step (&await_))                                    \
      ;                                                                                            \
    await_end (&await_);                                                                           \
    if (!reached_)                                                                                 \
      g_test_fail_printf ("%s: waited %g s for: %s", G_STRLOC, (double) (seconds), #condition);    \
    reached_;                                                                                      \
  })

/* In a case, where the fixture is called f. */
#define await(condition, seconds)                                                                  \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!reached (f, condition, seconds))                                                          \
      return;                                                                                      \
  }                                                                                                \
  G_STMT_END

/** Fails and leaves the case unless it holds now. */
#define check(condition)                                                                           \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!(condition)) {                                                                            \
      g_test_fail_printf ("%s: not so: %s", G_STRLOC, #condition);                                 \
      return;                                                                                      \
    }                                                                                              \
  }                                                                                                \
  G_STMT_END

/** Leaves the case when a helper has failed. */
#define go_on(success)                                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    if (!(success))                                                                                \
      return;                                                                                      \
  }                                                                                                \
  G_STMT_END

/** Lets the world go on for a while, to see that something does *not* happen. */
void observe_for (Fixture *self, double seconds);

/** Waits until the headset's side says @key=@value. A key that this world cannot know is fine. */
gboolean reached_state (Fixture *self, const char *key, const char *value, double seconds);

/* Expectations. What differs in one world is a row in differences.txt and nowhere else. */

/** The running test fails unless @actual is among @expected, alternatives separated by '|'. */
gboolean expect_text (Fixture *self, const char *what, const char *actual, const char *expected);
gboolean expect_flag (Fixture *self, const char *what, gboolean actual, gboolean expected);
/**
 * Waits for @call and compares its outcome: "ok", or the D-Bus error's name without
 * "org.bluez.Error." or "org.freedesktop.DBus.Error.", followed by ": " and the text where
 * @expected has one; "io/..." for an error of the client's own.
 */
gboolean expect (Fixture *self, Call *call, const char *expected, double seconds);

/* The client's verbs */

Call *start_discovery (Fixture *self, HoldfastTransport transport);
Call *stop_discovery (Fixture *self);
Call *set_powered (Fixture *self, gboolean powered);
Call *pair (Fixture *self, GCancellable *cancellable);
Call *cancel_pairing (Fixture *self);
Call *set_trusted (Fixture *self, gboolean trusted);
Call *set_blocked (Fixture *self, gboolean blocked);
Call *connect_music (Fixture *self);
Call *disconnect (Fixture *self);
Call *remove_headset (Fixture *self);
Call *register_agent (Fixture *self);
Call *unregister_agent (Fixture *self);
/** A call of another client, waited for and compared like ours. */
Call *begin_discovery_of (Fixture *self, HoldfastClient *client, HoldfastTransport transport);
Call *end_discovery_of (Fixture *self, HoldfastClient *client);
/** A method call past our client, for what a client must not do. */
Call *raw_call (Fixture *self,
                const char *path,
                const char *interface,
                const char *method,
                GVariant *arguments);

/* Steps that many cases share; each fails the test and says FALSE where it gets stuck. */

gboolean fixture_register_agent (Fixture *self);
/** Pairing mode on, discovery until the headset is sighted and named, discovery off. */
gboolean fixture_find_headset (Fixture *self);
/** The same, then paired with our agent. */
gboolean fixture_pair_headset (Fixture *self);
/** The same, then trusted and connected for music. */
gboolean fixture_connect_headset (Fixture *self);

/** Returns: (transfer none) (nullable): the device at that address in the client's list now */
HoldfastDevice *fixture_find (Fixture *self, const char *address);
/** Returns: ms from @since_us to its first "sighted"; -1 if there was none */
gint64 fixture_sighted_ms (Fixture *self, const char *address, gint64 since_us);
/** Forgets what was sighted so far. */
void fixture_forget_sightings (Fixture *self);
gboolean fixture_is_discovering (Fixture *self);
/** Returns: what the sightings so far mean to somebody who waits for a WH-1000XM4 */
HoldfastVerdict fixture_judge (Fixture *self);

G_END_DECLS
