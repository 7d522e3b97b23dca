/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "helping-hand.h"
#include "window.h"

G_BEGIN_DECLS

/**
 * WindowFixture:
 *
 * The program's window on a simulated world that it takes for the computer's own, on a clock that
 * is moved by hand. Frames are drawn all the time, whether something changed or not.
 */
typedef struct {
  HoldfastCatalogue *catalogue;
  HoldfastHeadset *model; /* the simulated headset's */
  HoldfastClock *clock;
  HoldfastWorld *world;
  HoldfastWindow *window;
  HoldfastWizard *wizard;
  HoldfastHelpingHand *hand; /* NULL until it helps */
  GdkFrameClock *frames;
} WindowFixture;

/** @model: its id; @faults: what goes wrong in its world. The window is on the screen at the end.
 */
void window_fixture_open (WindowFixture *self, const char *model, HoldfastSimFaults faults);
void window_fixture_close (WindowFixture *self);

/** Returns: (transfer none) (nullable) */
HoldfastSession *window_fixture_get_session (WindowFixture *self);
/** Returns: (transfer none): the client's end of the connection to the simulated BlueZ */
GDBusConnection *window_fixture_get_connection (WindowFixture *self);

/** Returns: (transfer none) (nullable): the panel with the headphones of a practice, once one began
 */
GtkWidget *window_fixture_get_panel (WindowFixture *self);

/** Waits until all that was sent has arrived, and all that came of it, in both directions. */
void window_fixture_settle (WindowFixture *self);
/** Moves the clock, and settles. */
void window_fixture_advance (WindowFixture *self, gint64 by_us);
/** From here on somebody does to the simulated headset what the pages of the session say. */
void window_fixture_help (WindowFixture *self);

/** Presses a button of the page that is seen; it must be there to be pressed. */
void window_fixture_press (WindowFixture *self, HoldfastPageButton button);

/** Moves the clock until the session is in @state; fails if that is not within four minutes. */
void window_fixture_await_state (WindowFixture *self, HoldfastState state);

G_END_DECLS
