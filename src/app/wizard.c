/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wizard.h"

#include <glib/gi18n-lib.h>

#include "flow.h"
#include "sentences.h"
#include "widgets.h"

struct _HoldfastWizard {
  AdwBin parent_instance;

  AdwNavigationView *view;

  HoldfastSession *session;
  GHashTable
      *pages; /* GType -> HoldfastPage (owned): of this session, each made when first shown */
  gboolean practice;
  char *trouble;
  gboolean wide;
  gboolean connected; /* the session came to a good end */
};

G_DEFINE_FINAL_TYPE (HoldfastWizard, holdfast_wizard, ADW_TYPE_BIN)

enum {
  PROP_0,
  PROP_WIDE,
  N_PROPS,
};

enum {
  BACK,
  ENDED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void
arrive (HoldfastWizard *self)
{
  HoldfastPage *page = holdfast_wizard_get_page (self);

  if (page != NULL)
    holdfast_page_arrive (page);
}

static gboolean
can_go_back (HoldfastWizard *self)
{
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->view);

  if (self->session != NULL)
    return holdfast_machine_accepts (holdfast_session_get_machine (self->session),
                                     HOLDFAST_EVENT_BACK);
  return page != NULL && adw_navigation_view_get_previous_page (self->view, page) != NULL;
}

static void
update_actions (HoldfastWizard *self)
{
  gboolean can_cancel = self->session != NULL
                        && holdfast_machine_accepts (holdfast_session_get_machine (self->session),
                                                     HOLDFAST_EVENT_CANCEL);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "wizard.back", can_go_back (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "wizard.cancel", can_cancel);
}

static HoldfastPage *
get_session_page (HoldfastWizard *self, GType type)
{
  HoldfastPage *page = g_hash_table_lookup (self->pages, GSIZE_TO_POINTER (type));

  if (page != NULL)
    return page;
  page = g_object_new (type,
                       "practice",
                       self->practice,
                       "trouble",
                       self->practice ? self->trouble : NULL,
                       "wide",
                       self->wide,
                       NULL);
  g_hash_table_insert (self->pages, GSIZE_TO_POINTER (type), g_object_ref_sink (page));
  holdfast_page_set_session (page, self->session);
  return page;
}

static gboolean
is_in_stack (HoldfastWizard *self, HoldfastPage *page)
{
  g_autoptr (GListModel) stack = adw_navigation_view_get_navigation_stack (self->view);

  for (guint i = 0; i < g_list_model_get_n_items (stack); i++) {
    g_autoptr (HoldfastPage) other = g_list_model_get_item (stack, i);

    if (other == page)
      return TRUE;
  }
  return FALSE;
}

static void
show_state (HoldfastWizard *self)
{
  HoldfastState state = holdfast_session_get_state (self->session);
  GType type = holdfast_flow_get_page_type (state);
  HoldfastPage *page = NULL;

  if (type == G_TYPE_NONE) {
    /* The page stays for the moment that leaving takes. */
    page = holdfast_wizard_get_page (self);
    if (page != NULL && holdfast_page_get_session (page) != NULL)
      holdfast_page_update (page);
    return;
  }
  page = get_session_page (self, type);
  holdfast_page_update (page);
  if (page == holdfast_wizard_get_page (self))
    return;
  if (is_in_stack (self, page))
    adw_navigation_view_pop_to_page (self->view, ADW_NAVIGATION_PAGE (page));
  else
    adw_navigation_view_push (self->view, ADW_NAVIGATION_PAGE (page));
  arrive (self);
}

/* The uppermost page that has no session of its own. */
static AdwNavigationPage *
find_page_below (HoldfastWizard *self)
{
  g_autoptr (GListModel) stack = adw_navigation_view_get_navigation_stack (self->view);

  for (guint i = g_list_model_get_n_items (stack); i > 0; i--) {
    g_autoptr (HoldfastPage) page = g_list_model_get_item (stack, i - 1);

    if (holdfast_page_get_session (page) == NULL)
      return ADW_NAVIGATION_PAGE (page);
  }
  return NULL;
}

static void
let_go_of_session (HoldfastWizard *self)
{
  GHashTableIter iter;
  gpointer page = NULL;

  if (self->session == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &page))
    holdfast_page_set_session (page, NULL);
  g_hash_table_remove_all (self->pages);
  g_clear_object (&self->session);
}

/* In practice the simulated headphones come beside the page, or go, together with it. As the room
 * for the page gets narrow or wide, libadwaita draws the page in the middle of being laid out; a
 * page that is on its way in or out then has shadows without a size, about which GTK warns. One of
 * the two moves is enough, so these pages do not slide. */
static void
set_slides (HoldfastWizard *self, gboolean slides)
{
  adw_navigation_view_set_animate_transitions (self->view, slides || !self->practice);
}

static void
end (HoldfastWizard *self)
{
  AdwNavigationPage *below = find_page_below (self);
  gboolean connected = self->connected;

  let_go_of_session (self);
  set_slides (self, FALSE);
  if (below != NULL && below != adw_navigation_view_get_visible_page (self->view))
    adw_navigation_view_pop_to_page (self->view, below);
  update_actions (self);
  g_signal_emit (self, signals[ENDED], 0, connected);
  set_slides (self, TRUE);
  arrive (self);
}

static void
changed_cb (HoldfastSession *session, HoldfastWizard *self)
{
  HoldfastState state = holdfast_session_get_state (session);

  if (state == HOLDFAST_STATE_DONE || state == HOLDFAST_STATE_GUIDE_DONE)
    self->connected = TRUE;
  else if (state != HOLDFAST_STATE_ENDING && state != HOLDFAST_STATE_ENDED)
    self->connected = FALSE;

  if (state == HOLDFAST_STATE_ENDED) {
    end (self);
    return;
  }
  show_state (self);
  update_actions (self);
}

static void
back_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HoldfastWizard *self = HOLDFAST_WIZARD (widget);
  AdwNavigationPage *page = adw_navigation_view_get_visible_page (self->view);
  AdwNavigationPage *previous = NULL;

  if (self->session != NULL) {
    holdfast_session_send (self->session, HOLDFAST_EVENT_BACK);
    return;
  }
  previous = page != NULL ? adw_navigation_view_get_previous_page (self->view, page) : NULL;
  if (previous == NULL)
    return;
  adw_navigation_view_pop_to_page (self->view, previous);
  update_actions (self);
  arrive (self);
}

static void
cancel_cb (GtkWidget *widget, const char *action, GVariant *parameter)
{
  HoldfastWizard *self = HOLDFAST_WIZARD (widget);

  if (self->session != NULL)
    holdfast_session_send (self->session, HOLDFAST_EVENT_CANCEL);
}

static void
popped_cb (HoldfastWizard *self)
{
  if (self->session == NULL)
    g_signal_emit (self, signals[BACK], 0);
}

static void
back_button_cb (GtkGestureClick *gesture, int n_press, double x, double y, HoldfastWizard *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  gtk_widget_activate_action (GTK_WIDGET (self), "wizard.back", NULL);
}

static void
set_wide (HoldfastWizard *self, gboolean wide)
{
  g_autoptr (GListModel) stack = NULL;

  if (self->wide == wide)
    return;
  self->wide = wide;
  stack = adw_navigation_view_get_navigation_stack (self->view);
  for (guint i = 0; i < g_list_model_get_n_items (stack); i++) {
    g_autoptr (HoldfastPage) page = g_list_model_get_item (stack, i);

    g_object_set (page, "wide", wide, NULL);
  }
  if (self->pages != NULL) {
    GHashTableIter iter;
    gpointer page = NULL;

    g_hash_table_iter_init (&iter, self->pages);
    while (g_hash_table_iter_next (&iter, NULL, &page))
      g_object_set (page, "wide", wide, NULL);
  }
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDE]);
}

static void
holdfast_wizard_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_WIDE:
    g_value_set_boolean (value, HOLDFAST_WIZARD (object)->wide);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
holdfast_wizard_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  switch (id) {
  case PROP_WIDE:
    set_wide (HOLDFAST_WIZARD (object), g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
holdfast_wizard_dispose (GObject *object)
{
  HoldfastWizard *self = HOLDFAST_WIZARD (object);

  let_go_of_session (self);
  g_clear_pointer (&self->trouble, g_free);
  g_clear_pointer (&self->pages, g_hash_table_unref);
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_WIZARD);

  G_OBJECT_CLASS (holdfast_wizard_parent_class)->dispose (object);
}

static void
holdfast_wizard_class_init (HoldfastWizardClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = holdfast_wizard_get_property;
  object_class->set_property = holdfast_wizard_set_property;
  object_class->dispose = holdfast_wizard_dispose;

  properties[PROP_WIDE]
      = g_param_spec_boolean ("wide",
                              NULL,
                              NULL,
                              FALSE,
                              G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  signals[BACK] = g_signal_new (
      "back", HOLDFAST_TYPE_WIZARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[ENDED] = g_signal_new ("ended",
                                 HOLDFAST_TYPE_WIZARD,
                                 G_SIGNAL_RUN_LAST,
                                 0,
                                 NULL,
                                 NULL,
                                 NULL,
                                 G_TYPE_NONE,
                                 1,
                                 G_TYPE_BOOLEAN);

  gtk_widget_class_install_action (widget_class, "wizard.back", NULL, back_cb);
  gtk_widget_class_install_action (widget_class, "wizard.cancel", NULL, cancel_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Escape, 0, "wizard.back", NULL);
  gtk_widget_class_add_binding_action (
      widget_class, GDK_KEY_Left, GDK_ALT_MASK, "wizard.back", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Back, 0, "wizard.back", NULL);

  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "wizard.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastWizard, view);
  gtk_widget_class_bind_template_callback (widget_class, back_button_cb);
  gtk_widget_class_bind_template_callback (widget_class, popped_cb);
}

static void
holdfast_wizard_init (HoldfastWizard *self)
{
  self->pages = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, g_object_unref);
  gtk_widget_init_template (GTK_WIDGET (self));
  update_actions (self);
}

GtkWidget *
holdfast_wizard_new (void)
{
  return g_object_new (HOLDFAST_TYPE_WIZARD, NULL);
}

void
holdfast_wizard_push (HoldfastWizard *self, HoldfastPage *page)
{
  g_return_if_fail (HOLDFAST_IS_WIZARD (self));
  g_return_if_fail (HOLDFAST_IS_PAGE (page));
  g_return_if_fail (self->session == NULL);

  g_object_set (page, "wide", self->wide, NULL);
  adw_navigation_view_push (self->view, ADW_NAVIGATION_PAGE (page));
  holdfast_page_set_can_go_back (
      page, adw_navigation_view_get_previous_page (self->view, ADW_NAVIGATION_PAGE (page)) != NULL);
  update_actions (self);
  arrive (self);
}

static void
pop_to (HoldfastWizard *self, AdwNavigationPage *page)
{
  if (page == adw_navigation_view_get_visible_page (self->view))
    return;
  adw_navigation_view_pop_to_page (self->view, page);
  update_actions (self);
  arrive (self);
}

void
holdfast_wizard_pop_to (HoldfastWizard *self, HoldfastPage *page)
{
  g_return_if_fail (HOLDFAST_IS_WIZARD (self));
  g_return_if_fail (HOLDFAST_IS_PAGE (page));
  g_return_if_fail (self->session == NULL);

  if (is_in_stack (self, page))
    pop_to (self, ADW_NAVIGATION_PAGE (page));
  else
    holdfast_wizard_pop_to_first (self);
}

void
holdfast_wizard_pop_to_first (HoldfastWizard *self)
{
  g_autoptr (GListModel) stack = NULL;
  g_autoptr (AdwNavigationPage) first = NULL;

  g_return_if_fail (HOLDFAST_IS_WIZARD (self));
  g_return_if_fail (self->session == NULL);

  stack = adw_navigation_view_get_navigation_stack (self->view);
  first = g_list_model_get_item (stack, 0);
  if (first != NULL)
    pop_to (self, first);
}

void
holdfast_wizard_start (HoldfastWizard *self, HoldfastSession *session, gboolean practice)
{
  g_return_if_fail (HOLDFAST_IS_WIZARD (self));
  g_return_if_fail (HOLDFAST_IS_SESSION (session));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  self->practice = practice;
  self->connected = FALSE;
  g_signal_connect_object (session, "changed", G_CALLBACK (changed_cb), self, 0);
  set_slides (self, FALSE);
  changed_cb (session, self);
  set_slides (self, TRUE);
}

void
holdfast_wizard_let_go (HoldfastWizard *self)
{
  g_return_if_fail (HOLDFAST_IS_WIZARD (self));

  let_go_of_session (self);
  update_actions (self);
}

void
holdfast_wizard_set_trouble (HoldfastWizard *self, const char *trouble)
{
  GHashTableIter iter;
  gpointer page = NULL;

  g_return_if_fail (HOLDFAST_IS_WIZARD (self));

  if (!g_set_str (&self->trouble, trouble))
    return;
  g_hash_table_iter_init (&iter, self->pages);
  while (g_hash_table_iter_next (&iter, NULL, &page))
    g_object_set (page, "trouble", self->practice ? trouble : NULL, NULL);
}

HoldfastSession *
holdfast_wizard_get_session (HoldfastWizard *self)
{
  g_return_val_if_fail (HOLDFAST_IS_WIZARD (self), NULL);

  return self->session;
}

HoldfastPage *
holdfast_wizard_get_page (HoldfastWizard *self)
{
  AdwNavigationPage *page = NULL;

  g_return_val_if_fail (HOLDFAST_IS_WIZARD (self), NULL);

  page = adw_navigation_view_get_visible_page (self->view);
  return page != NULL ? HOLDFAST_PAGE (page) : NULL;
}
