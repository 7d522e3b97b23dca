/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "chime.h"
#include "session.h"
#include "time-left.h"

G_BEGIN_DECLS

/**
 * HoldfastPageButton: the buttons below every page. The frame places and spaces them; most pages
 * need the first only.
 */
typedef enum {
  HOLDFAST_PAGE_BUTTON_PRIMARY,
  HOLDFAST_PAGE_BUTTON_SECONDARY,
  HOLDFAST_PAGE_BUTTON_TERTIARY,
  HOLDFAST_PAGE_BUTTON_MAX,
} HoldfastPageButton;

/**
 * HoldfastPage:
 *
 * A page shows one state of a session, or a few that belong together. It reads the session and
 * sends intents; it owns neither timers nor navigation, and no Back or Cancel: the frame does.
 *
 * Properties, all notified on change only:
 *   "heading" (string): the page's sentence in a few words
 *   "sentence" (string): what to do, in one sentence or two
 *   "context" (string): beside the window's buttons: whose page it is; the model's name
 *   "side" (GtkWidget): a picture, beside the words where there is room and above them where not
 *   "content" (GtkWidget): below the words
 *   "content-width" (int): how wide words and content may get, in pixels
 *   "from-top" (boolean): it begins at the top however short it is, so that nothing jumps when it
 *     gets shorter; otherwise it is in the middle
 *   "session" (HoldfastSession, nullable)
 *   "practice" (boolean): the headphones are simulated, and the page says so
 *   "trouble" (string, nullable): what goes wrong on purpose in practice, in words
 *   "wide" (boolean): there is room for two columns
 */
#define HOLDFAST_TYPE_PAGE (holdfast_page_get_type ())
G_DECLARE_DERIVABLE_TYPE (HoldfastPage, holdfast_page, HOLDFAST, PAGE, AdwNavigationPage)

/**
 * HoldfastPageClass:
 * @update: the session changed, or the page got one; not called without a session
 * @press: a button was pressed; the default sends the button's intent
 * @get_initial_focus: (transfer none) (nullable): what has the focus on arrival; the default is the
 *   first button that can be pressed, and then the first thing that takes the focus
 * @wide_changed: (nullable): the room for columns came or went
 */
struct _HoldfastPageClass {
  AdwNavigationPageClass parent_class;

  void (*update) (HoldfastPage *self, const HoldfastMachine *machine);
  void (*press) (HoldfastPage *self, HoldfastPageButton button, HoldfastEventKind intent);
  GtkWidget *(*get_initial_focus) (HoldfastPage *self);
  void (*wide_changed) (HoldfastPage *self, gboolean wide);
};

/** Returns: (transfer none) (nullable) */
HoldfastSession *holdfast_page_get_session (HoldfastPage *self);
/** @session: (nullable): what the page shows from now on */
void holdfast_page_set_session (HoldfastPage *self, HoldfastSession *session);

/** Shows the session's present state; the frame calls it before the page is seen, and whenever the
 * session changed. */
void holdfast_page_update (HoldfastPage *self);

/** For pages without a session; the others know by themselves. */
void holdfast_page_set_can_go_back (HoldfastPage *self, gboolean can_go_back);
/** Returns: TRUE if @text is there; for templates, to hide what is empty */
gboolean holdfast_page_has_text (HoldfastPage *self, const char *text);

void holdfast_page_set_heading (HoldfastPage *self, const char *heading);
const char *holdfast_page_get_heading (HoldfastPage *self);
void holdfast_page_set_sentence (HoldfastPage *self, const char *sentence);
void holdfast_page_set_context (HoldfastPage *self, const char *context);
gboolean holdfast_page_get_practice (HoldfastPage *self);
gboolean holdfast_page_get_wide (HoldfastPage *self);

/**
 * holdfast_page_set_button:
 * @label: (nullable): NULL hides the button; an underscore marks its letter
 * @intent: what it sends; %HOLDFAST_EVENT_MAX if the page does something else with it
 *
 * A button whose intent the session would not accept now is shown, but cannot be pressed.
 */
void holdfast_page_set_button (HoldfastPage *self,
                               HoldfastPageButton button,
                               const char *label,
                               HoldfastEventKind intent);
void holdfast_page_set_button_sensitive (HoldfastPage *self,
                                         HoldfastPageButton button,
                                         gboolean sensitive);
/** Returns: (transfer none): for focus, tooltips and descriptions */
GtkWidget *holdfast_page_get_button (HoldfastPage *self, HoldfastPageButton button);

/**
 * holdfast_page_arrive:
 *
 * The person has come to this page: puts the focus where it belongs and has it spoken.
 */
void holdfast_page_arrive (HoldfastPage *self);

/** @tabbing: TRUE while the person's key moves the focus, which then goes through the whole page */
void holdfast_page_set_tabbing (HoldfastPage *self, gboolean tabbing);

/** Returns: TRUE if the focus is on something beside the pages, such as a simulated button that is
 * being held: it must not be taken away */
gboolean holdfast_page_has_others_focus (HoldfastPage *self);

/**
 * holdfast_page_say:
 * @text: to be spoken by a screen reader; what it says is also to be seen
 * @urgent: TRUE interrupts what is being spoken: "let go now"
 */
void holdfast_page_say (HoldfastPage *self, const char *text, gboolean urgent);

/** Shows in @time_left how long the headphones of the page's session stay ready; nothing before
 * they are. */
void holdfast_page_show_time_left (HoldfastPage *self, HoldfastTimeLeft *time_left);
/** For templates: says what @time_left says, when it has changed */
void
holdfast_page_say_time_left (HoldfastPage *self, GParamSpec *pspec, HoldfastTimeLeft *time_left);

/** Shows the headphones of the page's session as they lie there, at the side. For pages without a
 * picture of their own; cheap to be called again. */
void holdfast_page_show_headset (HoldfastPage *self);

/** Asks the window for a chime: it is heard if the person wants to hear any. */
void holdfast_page_chime (HoldfastPage *self, HoldfastChime chime);

G_END_DECLS
