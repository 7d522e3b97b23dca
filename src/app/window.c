/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "window.h"

#include <glib/gi18n-lib.h>

#if HOLDFAST_HAVE_AUDIO
#include "chimes.h"
#endif
#include "choose-page.h"
#include "home-page.h"
#include "interview-page.h"
#include "notice-page.h"
#include "practice-panel.h"
#include "sentences.h"
#if HOLDFAST_HAVE_BLUETOOTH
#include "rehearsal.h"
#include "trouble-dialog.h"
#endif
#include "widgets.h"

struct _HoldfastWindow {
  AdwApplicationWindow parent_instance;

  HoldfastCatalogue *catalogue;
  HoldfastClock *clock;
  HoldfastWorld *world;    /* the computer's own */
  HoldfastWorld *practice; /* of the simulated headphones that are in use */
  GSettings *settings;
  GCancellable *cancellable;
  HoldfastHeadset *awaited;     /* chosen before its world is open */
  HoldfastTristate case_button; /* what was answered about it on the way to the session */
  gboolean simulates;           /* as the program was told; nothing here is real */
  gboolean practises;           /* or the person wants to try it */
  guint faults;
#if HOLDFAST_HAVE_BLUETOOTH
  HoldfastState until; /* of the next session's rehearsal; MAX for none */
  HoldfastRehearsal *rehearsal;
#endif
  gboolean closing;
#if HOLDFAST_HAVE_AUDIO
  HoldfastChimes *chimes; /* NULL before the first session */
#endif

  HoldfastPracticePanel *panel; /* NULL before the first practice */

  AdwOverlaySplitView *split_view;
  AdwBin *below_bin;
  HoldfastWizard *wizard;
  HoldfastHomePage *home;
  HoldfastChoosePage *choose_page; /* weak */
};

G_DEFINE_FINAL_TYPE (HoldfastWindow, holdfast_window, ADW_TYPE_APPLICATION_WINDOW)

static gint64
get_lead_in_us (HoldfastWindow *self)
{
  return g_settings_get_int (self->settings, "lead-in-seconds") * G_USEC_PER_SEC;
}

static void
lead_in_changed_cb (HoldfastWindow *self)
{
  HoldfastSession *session = holdfast_wizard_get_session (self->wizard);

  if (session != NULL)
    holdfast_session_set_lead_in_us (session, get_lead_in_us (self));
}

#if HOLDFAST_HAVE_BLUETOOTH
static void
rehearsed_cb (HoldfastRehearsal *rehearsal, gboolean reached, HoldfastWindow *self)
{
  HoldfastSession *session = holdfast_wizard_get_session (self->wizard);

  holdfast_clock_hurry (self->clock, FALSE);
  if (reached)
    g_message ("%s: reached", holdfast_state_to_string (self->until));
  else
    g_message ("%s: not reached; there is no way on from %s",
               holdfast_state_to_string (self->until),
               holdfast_state_to_string (session != NULL ? holdfast_session_get_state (session)
                                                         : HOLDFAST_STATE_ENDED));
  self->until = HOLDFAST_STATE_MAX;
  g_clear_object (&self->rehearsal);
}

static void
rehearse (HoldfastWindow *self, HoldfastSession *session, HoldfastWorld *world)
{
  if (!self->practises)
    self->until = HOLDFAST_STATE_MAX;
  if (self->until == HOLDFAST_STATE_MAX)
    return;
  self->rehearsal
      = holdfast_rehearsal_new (session, holdfast_world_get_sim (world), self->until, self->faults);
  g_signal_connect_object (self->rehearsal, "over", G_CALLBACK (rehearsed_cb), self, 0);
  holdfast_clock_hurry (self->clock, TRUE);
}
#endif

static gboolean
is_guide (HoldfastWindow *self)
{
#if HOLDFAST_HAVE_BLUETOOTH
  return self->practises && holdfast_rehearsal_is_guide (self->until);
#else
  return FALSE;
#endif
}

/* Pages ask for a chime when there is reason for one; the person decides whether it is heard. */
static void
chime_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
#if HOLDFAST_HAVE_AUDIO
  HoldfastWindow *self = user_data;
  int chime = g_variant_get_int32 (parameter);

  if (self->chimes != NULL && chime >= 0 && chime < HOLDFAST_CHIME_MAX
      && g_settings_get_boolean (self->settings, "chimes"))
    holdfast_chimes_play (self->chimes, (HoldfastChime) chime);
#endif
}

#if HOLDFAST_HAVE_AUDIO
/* Without the action the switch is not shown. */
static void
chimes_available_cb (HoldfastWindow *self)
{
  g_autoptr (GAction) action = NULL;

  if (!holdfast_chimes_get_available (self->chimes)) {
    g_action_map_remove_action (G_ACTION_MAP (self), "chimes");
    return;
  }
  action = g_settings_create_action (self->settings, "chimes");
  g_action_map_add_action (G_ACTION_MAP (self), action);
}

/* Not before it may be needed: a sound server takes its time. */
static void
open_chimes (HoldfastWindow *self)
{
  g_autoptr (HoldfastClock) clock = NULL;
  g_autoptr (HoldfastAudio) audio = NULL;

  if (self->chimes != NULL)
    return;
  clock = holdfast_clock_new_system ();
  audio = holdfast_audio_new (clock, NULL);
  self->chimes = holdfast_chimes_new (audio);
  g_signal_connect_object (
      self->chimes, "notify::available", G_CALLBACK (chimes_available_cb), self, G_CONNECT_SWAPPED);
  chimes_available_cb (self);
}
#endif

/* Nobody asks any more for what was chosen before its world was open. */
static void
withdraw (HoldfastWindow *self)
{
  if (self->awaited == NULL)
    return;
  g_clear_object (&self->awaited);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
#if HOLDFAST_HAVE_BLUETOOTH
  self->until = HOLDFAST_STATE_MAX;
#endif
}

static HoldfastSession *
new_session (HoldfastWindow *self, HoldfastHeadset *headset, HoldfastWorld *world)
{
  HoldfastSession *session
      = holdfast_session_new (self->catalogue,
                              headset,
                              is_guide (self) ? NULL : holdfast_world_get_radio (world),
                              holdfast_world_get_clock (world));

  holdfast_session_set_lead_in_us (session, get_lead_in_us (self));
  if (self->case_button != HOLDFAST_TRISTATE_UNKNOWN)
    holdfast_session_set_case_button (session, self->case_button);
#if HOLDFAST_HAVE_AUDIO
  open_chimes (self);
#endif
  return session;
}

static void
start_session (HoldfastWindow *self, HoldfastHeadset *headset, HoldfastWorld *world)
{
  g_autoptr (HoldfastSession) session = new_session (self, headset, world);

#if HOLDFAST_HAVE_BLUETOOTH
  rehearse (self, session, world);
#endif
  holdfast_session_send (session, HOLDFAST_EVENT_BEGIN);
  holdfast_wizard_start (self->wizard, session, self->practises);
}

static void arrange_panel (HoldfastWindow *self);

static gboolean
arrange_later_cb (GtkWidget *split_view, GdkFrameClock *frames, gpointer user_data)
{
  if (gtk_widget_get_width (split_view) == 0)
    return G_SOURCE_CONTINUE;
  arrange_panel (user_data);
  return G_SOURCE_REMOVE;
}

/* The sidebar comes in at a speed for its width: without one yet, at none that is a number. */
static gboolean
has_no_size_yet (HoldfastWindow *self)
{
  GtkWidget *split_view = GTK_WIDGET (self->split_view);

  return gtk_widget_get_mapped (split_view) && gtk_widget_get_width (split_view) == 0;
}

/* The simulated headphones lie beside the page where there is room, and below it where not: both
 * must be seen at once. */
static void
arrange_panel (HoldfastWindow *self)
{
  gboolean shown = self->practice != NULL;
  gboolean below = adw_overlay_split_view_get_collapsed (self->split_view);
  GtkWidget *panel = GTK_WIDGET (self->panel);
  GtkWidget *there = NULL;

  if (panel == NULL)
    return;
  if (has_no_size_yet (self)) {
    gtk_widget_add_tick_callback (GTK_WIDGET (self->split_view), arrange_later_cb, self, NULL);
    return;
  }
  there = below ? adw_bin_get_child (self->below_bin)
                : adw_overlay_split_view_get_sidebar (self->split_view);
  g_object_ref (panel);
  if (there != panel) {
    holdfast_practice_panel_begin_move (self->panel);
    if (below) {
      adw_overlay_split_view_set_show_sidebar (self->split_view, FALSE);
      adw_overlay_split_view_set_sidebar (self->split_view, NULL);
      adw_bin_set_child (self->below_bin, panel);
    } else {
      adw_bin_set_child (self->below_bin, NULL);
      adw_overlay_split_view_set_sidebar (self->split_view, panel);
    }
  }
  holdfast_practice_panel_set_compact (self->panel, below);
  gtk_widget_set_visible (GTK_WIDGET (self->below_bin), below && shown);
  adw_overlay_split_view_set_show_sidebar (self->split_view, !below && shown);
  if (there != panel)
    holdfast_practice_panel_end_move (self->panel);
  g_object_unref (panel);
}

#if HOLDFAST_HAVE_BLUETOOTH
static void
show_trouble (HoldfastWindow *self, HoldfastSim *sim)
{
  g_autofree char *trouble = holdfast_trouble_describe (holdfast_sim_get_faults (sim));

  holdfast_wizard_set_trouble (self->wizard, trouble);
}

static void
practice_open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HoldfastWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HoldfastWorld) world = holdfast_world_open_finish (result, &error);
  g_autoptr (HoldfastHeadset) headset = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (world == NULL) {
    g_warning ("no simulated world: %s", error->message);
    withdraw (self);
    return;
  }
  headset = g_steal_pointer (&self->awaited);
  g_set_object (&self->practice, world);
  if (self->panel == NULL)
    self->panel = g_object_ref_sink (g_object_new (HOLDFAST_TYPE_PRACTICE_PANEL, NULL));
  holdfast_practice_panel_set_sim (
      self->panel, holdfast_world_get_sim (world), holdfast_world_get_clock (world));
  g_signal_connect_object (holdfast_world_get_sim (world),
                           "faults-changed",
                           G_CALLBACK (show_trouble),
                           self,
                           G_CONNECT_SWAPPED);
  show_trouble (self, holdfast_world_get_sim (world));
  arrange_panel (self);
  start_session (self, headset, world);
}

static void
open_practice (HoldfastWindow *self, HoldfastHeadset *headset)
{
  HoldfastWorldOptions options = {
    .simulate = headset,
    .faults = holdfast_rehearsal_get_first_faults (self->until, self->faults),
    .clock = self->clock,
  };

  g_set_object (&self->awaited, headset);
  holdfast_world_open_async (&options, self->cancellable, practice_open_cb, g_object_ref (self));
}
#endif

/* One that was chosen before this computer's Bluetooth was known waits for it. */
static void
start_with (HoldfastWindow *self, HoldfastHeadset *headset, HoldfastTristate case_button)
{
  g_autofree char *notice = holdfast_headset_get_no_bluetooth_sentence (headset);
  HoldfastPage *page = NULL;

  if (holdfast_wizard_get_session (self->wizard) != NULL || self->awaited != NULL)
    return;
  if (notice != NULL) {
#if HOLDFAST_HAVE_BLUETOOTH
    self->until = HOLDFAST_STATE_MAX;
#endif
    page = holdfast_notice_page_new (headset, notice);
    g_object_set (page, "practice", self->practises, NULL);
    holdfast_wizard_push (self->wizard, page);
    return;
  }
  self->case_button = case_button;
#if HOLDFAST_HAVE_BLUETOOTH
  if (self->practises) {
    open_practice (self, headset);
    return;
  }
#endif
  if (self->world != NULL)
    start_session (self, headset, self->world);
  else
    g_set_object (&self->awaited, headset);
}

static void
start (HoldfastWindow *self, HoldfastHeadset *headset)
{
  start_with (self, headset, HOLDFAST_TRISTATE_UNKNOWN);
}

static void answered_cb (HoldfastWindow *self, const HoldfastInterview *next);

static void
push_question (HoldfastWindow *self, const HoldfastInterview *at)
{
  HoldfastPage *page = holdfast_interview_page_new (at);

  g_object_set (page, "practice", self->practises, NULL);
  g_signal_connect_object (page, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  holdfast_wizard_push (self->wizard, page);
}

static void
start_family (HoldfastWindow *self, const HoldfastInterview *end)
{
  GListModel *families = holdfast_catalogue_get_families (self->catalogue);

  for (guint i = 0; i < g_list_model_get_n_items (families); i++) {
    g_autoptr (HoldfastHeadset) family = g_list_model_get_item (families, i);

    if (g_strcmp0 (holdfast_headset_get_id (family), end->family) == 0)
      start_with (self, family, end->case_button);
  }
}

static void
answered_cb (HoldfastWindow *self, const HoldfastInterview *next)
{
  if (holdfast_wizard_get_session (self->wizard) != NULL)
    return;
  if (next->stage == HOLDFAST_INTERVIEW_FAMILY) {
    start_family (self, next);
  } else if (next->stage == HOLDFAST_INTERVIEW_GRID && self->choose_page != NULL) {
    holdfast_wizard_pop_to (self->wizard, HOLDFAST_PAGE (self->choose_page));
    holdfast_choose_page_show_form (self->choose_page, next->form);
  } else {
    push_question (self, next);
  }
}

static void
unsure_cb (HoldfastWindow *self, gboolean unlisted)
{
  HoldfastInterview begin = holdfast_interview_begin (unlisted);

  if (holdfast_wizard_get_session (self->wizard) == NULL)
    push_question (self, &begin);
}

static void
choose (HoldfastWindow *self)
{
  HoldfastPage *page = NULL;

  if (holdfast_wizard_get_session (self->wizard) != NULL)
    return;
  withdraw (self);
  holdfast_wizard_pop_to_first (self->wizard);
  page = holdfast_choose_page_new (self->catalogue);
  g_object_set (page, "practice", self->practises, NULL);
  g_signal_connect_object (page, "chosen", G_CALLBACK (start), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "unsure", G_CALLBACK (unsure_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->choose_page, HOLDFAST_CHOOSE_PAGE (page));
  holdfast_wizard_push (self->wizard, page);
}

static void
home_pair_cb (HoldfastWindow *self)
{
  self->practises = self->simulates;
  choose (self);
}

#if HOLDFAST_HAVE_BLUETOOTH
static void
home_practice_cb (HoldfastWindow *self)
{
  self->practises = TRUE;
  choose (self);
}
#endif

/* To connect was said already, so it is not asked again. */
static void
home_connect_cb (HoldfastWindow *self, HoldfastHeadset *headset, const char *address)
{
  g_autoptr (HoldfastSession) session = NULL;

  if (holdfast_wizard_get_session (self->wizard) != NULL || self->awaited != NULL
      || self->world == NULL)
    return;
  self->practises = FALSE;
  self->case_button = HOLDFAST_TRISTATE_UNKNOWN;
  session = new_session (self, headset, self->world);
  holdfast_session_set_known_address (session, address);
  holdfast_session_send (session, HOLDFAST_EVENT_BEGIN);
  if (holdfast_session_get_state (session) == HOLDFAST_STATE_KNOWN)
    holdfast_session_send (session, HOLDFAST_EVENT_CONTINUE);
  holdfast_wizard_start (self->wizard, session, FALSE);
}

static void
flushed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GApplication) application = user_data;

  if (!holdfast_world_flush_finish (result))
    g_debug ("ended before all words to Bluetooth were out");
  g_application_release (application);
}

/* The window goes at once, and its session with it: before the words of that are flushed, whoever
 * holds the window for a moment longer. The program stays until they are out, for a second at most.
 */
static void
leave (HoldfastWindow *self)
{
  g_autoptr (HoldfastWorld) world = self->world != NULL ? g_object_ref (self->world) : NULL;
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

#if HOLDFAST_HAVE_BLUETOOTH
  g_clear_object (&self->rehearsal);
#endif
  holdfast_wizard_let_go (self->wizard);
  if (world == NULL || application == NULL) {
    gtk_window_destroy (GTK_WINDOW (self));
    return;
  }
  g_application_hold (G_APPLICATION (application));
  g_object_ref (application);
  gtk_window_destroy (GTK_WINDOW (self));
  holdfast_world_flush_async (world, flushed_cb, application);
}

static void
ended_cb (HoldfastWindow *self, gboolean connected)
{
#if HOLDFAST_HAVE_BLUETOOTH
  if (self->panel != NULL)
    holdfast_practice_panel_set_sim (self->panel, NULL, NULL);
#endif
  g_clear_object (&self->practice);
  arrange_panel (self);
  if (self->closing) {
    leave (self);
    return;
  }
  if (connected)
    holdfast_wizard_pop_to_first (self->wizard);
}

/* The split view moves the focus about as its sidebar comes and goes; the page is what matters, but
 * for somebody who holds a simulated button. */
static void
split_changed_cb (HoldfastWindow *self)
{
  HoldfastPage *page = holdfast_wizard_get_page (self->wizard);
  gboolean elsewhere = page != NULL && holdfast_page_has_others_focus (page);

  arrange_panel (self);
  if (page != NULL && !(elsewhere && holdfast_page_has_others_focus (page)))
    gtk_widget_grab_focus (GTK_WIDGET (page));
}

/* The person's own key, and not what GTK does by itself when a page comes or goes. */
static void
holdfast_window_move_focus (GtkWidget *widget, GtkDirectionType direction)
{
  HoldfastPage *page = holdfast_wizard_get_page (HOLDFAST_WINDOW (widget)->wizard);

  if (page != NULL)
    holdfast_page_set_tabbing (page, TRUE);
  GTK_WIDGET_CLASS (holdfast_window_parent_class)->move_focus (widget, direction);
  if (page != NULL)
    holdfast_page_set_tabbing (page, FALSE);
}

static gboolean
holdfast_window_close_request (GtkWindow *window)
{
  HoldfastWindow *self = HOLDFAST_WINDOW (window);
  HoldfastSession *session = holdfast_wizard_get_session (self->wizard);

  if (session == NULL) {
    self->closing = TRUE;
    withdraw (self);
    return GDK_EVENT_PROPAGATE;
  }
  if (self->closing) {
    leave (self);
  } else {
    self->closing = TRUE;
    holdfast_session_send (session, HOLDFAST_EVENT_CANCEL);
  }
  return GDK_EVENT_STOP;
}

static void
holdfast_window_dispose (GObject *object)
{
  HoldfastWindow *self = HOLDFAST_WINDOW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
#if HOLDFAST_HAVE_AUDIO
  g_clear_object (&self->chimes);
#endif
  g_clear_weak_pointer (&self->choose_page);
  g_clear_object (&self->awaited);
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_WINDOW);
#if HOLDFAST_HAVE_BLUETOOTH
  g_clear_object (&self->rehearsal);
#endif
  g_clear_object (&self->panel);
  g_clear_object (&self->practice);
  g_clear_object (&self->world);
  g_clear_object (&self->clock);
  g_clear_object (&self->settings);
  g_clear_object (&self->catalogue);

  G_OBJECT_CLASS (holdfast_window_parent_class)->dispose (object);
}

static void
holdfast_window_class_init (HoldfastWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_window_dispose;
  GTK_WIDGET_CLASS (klass)->move_focus = holdfast_window_move_focus;
  GTK_WINDOW_CLASS (klass)->close_request = holdfast_window_close_request;

  g_type_ensure (HOLDFAST_TYPE_WIZARD);
  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "window.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastWindow, split_view);
  gtk_widget_class_bind_template_child (widget_class, HoldfastWindow, below_bin);
  gtk_widget_class_bind_template_child (widget_class, HoldfastWindow, wizard);
}

static void
holdfast_window_init (HoldfastWindow *self)
{
  static const GActionEntry actions[] = {
    { .name = "chime", .activate = chime_cb, .parameter_type = "i" }
  };
  g_autoptr (GAction) lead_in = NULL;

  self->cancellable = g_cancellable_new ();
#if HOLDFAST_HAVE_BLUETOOTH
  self->until = HOLDFAST_STATE_MAX;
#endif
  self->settings = g_settings_new (HOLDFAST_APPLICATION_ID);
  gtk_widget_init_template (GTK_WIDGET (self));
  lead_in = g_settings_create_action (self->settings, "lead-in-seconds");
  g_action_map_add_action (G_ACTION_MAP (self), lead_in);
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  g_signal_connect_object (self->settings,
                           "changed::lead-in-seconds",
                           G_CALLBACK (lead_in_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->split_view,
                           "notify::collapsed",
                           G_CALLBACK (split_changed_cb),
                           self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->wizard, "back", G_CALLBACK (withdraw), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->wizard, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
}

HoldfastWindow *
holdfast_window_new (GtkApplication *application,
                     HoldfastCatalogue *catalogue,
                     HoldfastClock *clock)
{
  HoldfastWindow *self = NULL;

  g_return_val_if_fail (HOLDFAST_IS_CATALOGUE (catalogue), NULL);
  g_return_val_if_fail (clock == NULL || HOLDFAST_IS_CLOCK (clock), NULL);

  self = g_object_new (HOLDFAST_TYPE_WINDOW, "application", application, NULL);
  self->catalogue = g_object_ref (catalogue);
  g_set_object (&self->clock, clock);
  self->home = HOLDFAST_HOME_PAGE (holdfast_home_page_new (catalogue));
  g_signal_connect_object (self->home, "pair", G_CALLBACK (home_pair_cb), self, G_CONNECT_SWAPPED);
#if HOLDFAST_HAVE_BLUETOOTH
  g_signal_connect_object (
      self->home, "practice", G_CALLBACK (home_practice_cb), self, G_CONNECT_SWAPPED);
#endif
  g_signal_connect_object (
      self->home, "connect", G_CALLBACK (home_connect_cb), self, G_CONNECT_SWAPPED);
  holdfast_wizard_push (self->wizard, HOLDFAST_PAGE (self->home));
  return self;
}

/* Where all is simulated, nobody's own headphones are shown. */
static void
show_home (HoldfastWindow *self)
{
  g_object_set (self->home, "practice", self->simulates, NULL);
  holdfast_home_page_set_radio (
      self->home,
      self->world != NULL && !self->simulates ? holdfast_world_get_radio (self->world) : NULL);
}

void
holdfast_window_set_world (HoldfastWindow *self, HoldfastWorld *world)
{
  g_return_if_fail (HOLDFAST_IS_WINDOW (self));
  g_return_if_fail (world == NULL || HOLDFAST_IS_WORLD (world));

  if (!g_set_object (&self->world, world))
    return;
  show_home (self);
  if (world != NULL && self->awaited != NULL && !self->practises) {
    g_autoptr (HoldfastHeadset) headset = g_steal_pointer (&self->awaited);

    start_session (self, headset, world);
  }
}

void
holdfast_window_pair (HoldfastWindow *self, HoldfastHeadset *headset)
{
  g_return_if_fail (HOLDFAST_IS_WINDOW (self));
  g_return_if_fail (headset == NULL || HOLDFAST_IS_HEADSET (headset));

  if (headset != NULL)
    start (self, headset);
  else
    choose (self);
}

#if HOLDFAST_HAVE_BLUETOOTH
void
holdfast_window_practise (HoldfastWindow *self, guint faults)
{
  g_return_if_fail (HOLDFAST_IS_WINDOW (self));

  withdraw (self);
  self->simulates = TRUE;
  self->practises = TRUE;
  self->faults = faults;
  show_home (self);
}

void
holdfast_window_rehearse (HoldfastWindow *self, HoldfastState until)
{
  g_return_if_fail (HOLDFAST_IS_WINDOW (self));

  if (holdfast_wizard_get_session (self->wizard) != NULL || self->awaited != NULL)
    return;
  self->until = until;
  if (self->clock == NULL)
    self->clock = holdfast_clock_new_system ();
}
#endif

HoldfastWizard *
holdfast_window_get_wizard (HoldfastWindow *self)
{
  g_return_val_if_fail (HOLDFAST_IS_WINDOW (self), NULL);

  return self->wizard;
}
