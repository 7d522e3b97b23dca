/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "page.h"

#include <glib/gi18n-lib.h>

#include "sentences.h"
#include "still-picture.h"
#include "widgets.h"

/* With a picture beside the words a page is as wide as two columns. In pixels. */
#define COLUMN_WIDTH 560
#define COLUMNS_WIDTH 1040
#define PICTURE_HEIGHT 180
/* Words on a button go on in another line only if there is less room than for so many characters.
 */
#define BUTTON_LEAST_CHARS 12

typedef struct {
  HoldfastSession *session;
  char *heading;
  char *sentence;
  char *context;
  gboolean practice;
  char *trouble;
  gboolean wide;
  gboolean tabbing;
  int content_width;
  gboolean from_top;
  HoldfastEventKind intents[HOLDFAST_PAGE_BUTTON_MAX];

  /* from the template */
  GtkWidget *back_button;
  GtkMenuButton *menu_button;
  GMenuModel *main_menu;
  GtkWidget *cancel_button;
  GtkWidget *buttons;
  GtkWidget *primary_button;
  GtkWidget *secondary_button;
  GtkWidget *tertiary_button;
  GtkWidget *scroller;
  GtkWidget *clamp;
  GtkWidget *columns;
  GtkWidget *side_bin;
  GtkWidget *words;
  GtkWidget *heading_label;
  GtkWidget *sentence_label;
  GtkWidget *content_bin;
} HoldfastPagePrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (HoldfastPage, holdfast_page, ADW_TYPE_NAVIGATION_PAGE)

enum {
  PROP_0,
  PROP_HEADING,
  PROP_SENTENCE,
  PROP_CONTEXT,
  PROP_SIDE,
  PROP_CONTENT,
  PROP_CONTENT_WIDTH,
  PROP_FROM_TOP,
  PROP_SESSION,
  PROP_PRACTICE,
  PROP_TROUBLE,
  PROP_WIDE,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static HoldfastPagePrivate *
get_private (HoldfastPage *self)
{
  return holdfast_page_get_instance_private (self);
}

gboolean
holdfast_page_has_text (HoldfastPage *self, const char *text)
{
  return text != NULL && *text != '\0';
}

/* Whoever comes by must see that none of it is real, and what was made to go wrong. */
static char *
mark_practice_cb (HoldfastPage *self, const char *trouble)
{
  if (!holdfast_page_has_text (self, trouble))
    return g_strdup (_ ("Practice: the headphones are simulated"));
  return g_strdup_printf (
      /* Translators: %s is what goes wrong on purpose, such as "They are far away". */
      _ ("Practice with simulated headphones. Going wrong on purpose: %s"),
      trouble);
}

static GtkWidget *
button_widget (HoldfastPagePrivate *priv, HoldfastPageButton button)
{
  switch (button) {
  case HOLDFAST_PAGE_BUTTON_PRIMARY:
    return priv->primary_button;
  case HOLDFAST_PAGE_BUTTON_SECONDARY:
    return priv->secondary_button;
  case HOLDFAST_PAGE_BUTTON_TERTIARY:
    return priv->tertiary_button;
  case HOLDFAST_PAGE_BUTTON_MAX:
    break;
  }
  g_return_val_if_reached (NULL);
}

static void
button_clicked_cb (HoldfastPage *self, GtkWidget *widget)
{
  HoldfastPagePrivate *priv = get_private (self);

  for (HoldfastPageButton button = 0; button < HOLDFAST_PAGE_BUTTON_MAX; button++) {
    if (button_widget (priv, button) == widget) {
      HOLDFAST_PAGE_GET_CLASS (self)->press (self, button, priv->intents[button]);
      return;
    }
  }
  g_assert_not_reached ();
}

static void
layout_columns (HoldfastPage *self)
{
  HoldfastPagePrivate *priv = get_private (self);
  gboolean two = priv->wide && gtk_widget_get_visible (priv->side_bin);
  float xalign = two ? 0 : 0.5f;
  int width = priv->content_width > 0 ? priv->content_width : COLUMN_WIDTH;

  gtk_orientable_set_orientation (GTK_ORIENTABLE (priv->columns),
                                  two ? GTK_ORIENTATION_HORIZONTAL : GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (priv->columns), two ? 48 : 18);
  gtk_box_set_homogeneous (GTK_BOX (priv->columns), two);
  adw_clamp_set_maximum_size (ADW_CLAMP (priv->clamp), two ? COLUMNS_WIDTH : width);
  gtk_label_set_xalign (GTK_LABEL (priv->heading_label), xalign);
  gtk_label_set_xalign (GTK_LABEL (priv->sentence_label), xalign);
  gtk_label_set_justify (GTK_LABEL (priv->heading_label),
                         two ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_CENTER);
  gtk_label_set_justify (GTK_LABEL (priv->sentence_label),
                         two ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_CENTER);
}

/* On a telephone there is no room for both, whatever the language and the window's buttons; the
 * menu has nothing that could not wait until the person is through. */
static void
make_room_for_cancel (HoldfastPage *self)
{
  HoldfastPagePrivate *priv = get_private (self);

  gtk_widget_set_visible (GTK_WIDGET (priv->menu_button),
                          priv->wide || !gtk_widget_get_visible (priv->cancel_button));
}

static void
set_wide (HoldfastPage *self, gboolean wide)
{
  HoldfastPagePrivate *priv = get_private (self);

  if (priv->wide == wide)
    return;
  priv->wide = wide;
  layout_columns (self);
  make_room_for_cancel (self);
  if (HOLDFAST_PAGE_GET_CLASS (self)->wide_changed != NULL)
    HOLDFAST_PAGE_GET_CLASS (self)->wide_changed (self, wide);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDE]);
}

static void
set_bin (HoldfastPage *self, GtkWidget *bin, GtkWidget *child, GParamSpec *pspec)
{
  if (adw_bin_get_child (ADW_BIN (bin)) == child)
    return;
  adw_bin_set_child (ADW_BIN (bin), child);
  gtk_widget_set_visible (bin, child != NULL);
  layout_columns (self);
  g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
set_text (HoldfastPage *self, char **field, const char *text, GParamSpec *pspec)
{
  if (g_set_str (field, text))
    g_object_notify_by_pspec (G_OBJECT (self), pspec);
}

static void
holdfast_page_press (HoldfastPage *self, HoldfastPageButton button, HoldfastEventKind intent)
{
  HoldfastPagePrivate *priv = get_private (self);

  if (priv->session != NULL && intent != HOLDFAST_EVENT_MAX)
    holdfast_session_send (priv->session, intent);
}

static GtkWidget *
find_initial_focus (HoldfastPage *self)
{
  HoldfastPagePrivate *priv = get_private (self);
  GtkWidget *focus = NULL;

  if (HOLDFAST_PAGE_GET_CLASS (self)->get_initial_focus != NULL)
    focus = HOLDFAST_PAGE_GET_CLASS (self)->get_initial_focus (self);
  for (HoldfastPageButton button = 0; focus == NULL && button < HOLDFAST_PAGE_BUTTON_MAX;
       button++) {
    GtkWidget *widget = button_widget (priv, button);

    if (gtk_widget_get_visible (widget) && gtk_widget_get_sensitive (widget))
      focus = widget;
  }
  return focus;
}

static gboolean
holdfast_page_grab_focus (GtkWidget *widget)
{
  HoldfastPage *self = HOLDFAST_PAGE (widget);
  GtkWidget *focus = find_initial_focus (self);
  GtkWidget *content = get_private (self)->content_bin;
  GtkRoot *root = gtk_widget_get_root (content);
  GtkWidget *present = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus != NULL && gtk_widget_grab_focus (focus))
    return TRUE;
  return (present != NULL && gtk_widget_is_ancestor (present, content))
         || gtk_widget_child_focus (content, GTK_DIR_TAB_FORWARD);
}

/* GTK tries grab_focus() before it looks inside, which goes straight to what comes next: right for
 * who arrives. Tab goes through all that is on the page, from its first thing on. */
static gboolean
holdfast_page_focus (GtkWidget *widget, GtkDirectionType direction)
{
  GtkWidget *child = adw_navigation_page_get_child (ADW_NAVIGATION_PAGE (widget));

  if (!get_private (HOLDFAST_PAGE (widget))->tabbing || child == NULL)
    return GTK_WIDGET_CLASS (holdfast_page_parent_class)->focus (widget, direction);
  return gtk_widget_child_focus (child, direction);
}

void
holdfast_page_set_tabbing (HoldfastPage *self, gboolean tabbing)
{
  g_return_if_fail (HOLDFAST_IS_PAGE (self));

  get_private (self)->tabbing = tabbing;
}

gboolean
holdfast_page_has_others_focus (HoldfastPage *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;
  GtkWidget *view = gtk_widget_get_ancestor (GTK_WIDGET (self), ADW_TYPE_NAVIGATION_VIEW);

  return focus != NULL && view != NULL && !gtk_widget_is_ancestor (focus, view);
}

/* The navigation view has put the focus on the first thing of the page, which is Back. */
static void
holdfast_page_shown (AdwNavigationPage *page)
{
  HoldfastPage *self = HOLDFAST_PAGE (page);
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (holdfast_page_has_others_focus (self))
    return;
  if (focus == NULL || focus == get_private (self)->back_button
      || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
holdfast_page_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  HoldfastPagePrivate *priv = get_private (HOLDFAST_PAGE (object));

  switch (id) {
  case PROP_HEADING:
    g_value_set_string (value, priv->heading);
    break;
  case PROP_SENTENCE:
    g_value_set_string (value, priv->sentence);
    break;
  case PROP_CONTEXT:
    g_value_set_string (value, priv->context);
    break;
  case PROP_SIDE:
    g_value_set_object (value, adw_bin_get_child (ADW_BIN (priv->side_bin)));
    break;
  case PROP_CONTENT:
    g_value_set_object (value, adw_bin_get_child (ADW_BIN (priv->content_bin)));
    break;
  case PROP_CONTENT_WIDTH:
    g_value_set_int (value, priv->content_width);
    break;
  case PROP_FROM_TOP:
    g_value_set_boolean (value, priv->from_top);
    break;
  case PROP_SESSION:
    g_value_set_object (value, priv->session);
    break;
  case PROP_PRACTICE:
    g_value_set_boolean (value, priv->practice);
    break;
  case PROP_TROUBLE:
    g_value_set_string (value, priv->trouble);
    break;
  case PROP_WIDE:
    g_value_set_boolean (value, priv->wide);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
holdfast_page_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  HoldfastPage *self = HOLDFAST_PAGE (object);
  HoldfastPagePrivate *priv = get_private (self);

  switch (id) {
  case PROP_HEADING:
    holdfast_page_set_heading (self, g_value_get_string (value));
    break;
  case PROP_SENTENCE:
    holdfast_page_set_sentence (self, g_value_get_string (value));
    break;
  case PROP_CONTEXT:
    holdfast_page_set_context (self, g_value_get_string (value));
    break;
  case PROP_SIDE:
    set_bin (self, priv->side_bin, g_value_get_object (value), pspec);
    break;
  case PROP_CONTENT:
    set_bin (self, priv->content_bin, g_value_get_object (value), pspec);
    break;
  case PROP_CONTENT_WIDTH:
    if (priv->content_width != g_value_get_int (value)) {
      priv->content_width = g_value_get_int (value);
      layout_columns (self);
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  case PROP_FROM_TOP:
    if (priv->from_top != g_value_get_boolean (value)) {
      priv->from_top = !priv->from_top;
      gtk_widget_set_valign (priv->columns, priv->from_top ? GTK_ALIGN_START : GTK_ALIGN_CENTER);
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  case PROP_SESSION:
    holdfast_page_set_session (self, g_value_get_object (value));
    break;
  case PROP_PRACTICE:
    if (priv->practice != g_value_get_boolean (value)) {
      priv->practice = !priv->practice;
      g_object_notify_by_pspec (object, pspec);
    }
    break;
  case PROP_TROUBLE:
    set_text (self, &priv->trouble, g_value_get_string (value), pspec);
    break;
  case PROP_WIDE:
    set_wide (self, g_value_get_boolean (value));
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void
holdfast_page_dispose (GObject *object)
{
  HoldfastPagePrivate *priv = get_private (HOLDFAST_PAGE (object));

  g_clear_object (&priv->session);
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_PAGE);

  G_OBJECT_CLASS (holdfast_page_parent_class)->dispose (object);
}

static void
holdfast_page_finalize (GObject *object)
{
  HoldfastPagePrivate *priv = get_private (HOLDFAST_PAGE (object));

  g_free (priv->heading);
  g_free (priv->sentence);
  g_free (priv->context);
  g_free (priv->trouble);

  G_OBJECT_CLASS (holdfast_page_parent_class)->finalize (object);
}

static void
install_properties (GObjectClass *object_class)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  properties[PROP_HEADING] = g_param_spec_string ("heading", NULL, NULL, NULL, flags);
  properties[PROP_SENTENCE] = g_param_spec_string ("sentence", NULL, NULL, NULL, flags);
  properties[PROP_CONTEXT] = g_param_spec_string ("context", NULL, NULL, NULL, flags);
  properties[PROP_SIDE] = g_param_spec_object ("side", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_CONTENT] = g_param_spec_object ("content", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_CONTENT_WIDTH]
      = g_param_spec_int ("content-width", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_FROM_TOP] = g_param_spec_boolean ("from-top", NULL, NULL, FALSE, flags);
  properties[PROP_SESSION]
      = g_param_spec_object ("session", NULL, NULL, HOLDFAST_TYPE_SESSION, flags);
  properties[PROP_PRACTICE] = g_param_spec_boolean ("practice", NULL, NULL, FALSE, flags);
  properties[PROP_TROUBLE] = g_param_spec_string ("trouble", NULL, NULL, NULL, flags);
  properties[PROP_WIDE] = g_param_spec_boolean ("wide", NULL, NULL, FALSE, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
holdfast_page_class_init (HoldfastPageClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = holdfast_page_get_property;
  object_class->set_property = holdfast_page_set_property;
  object_class->dispose = holdfast_page_dispose;
  object_class->finalize = holdfast_page_finalize;
  widget_class->focus = holdfast_page_focus;
  widget_class->grab_focus = holdfast_page_grab_focus;
  ADW_NAVIGATION_PAGE_CLASS (klass)->shown = holdfast_page_shown;
  klass->press = holdfast_page_press;
  install_properties (object_class);

  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "page.ui");
  gtk_widget_class_bind_template_child_private (widget_class, HoldfastPage, back_button);
  gtk_widget_class_bind_template_child_private (widget_class, HoldfastPage, menu_button);
  gtk_widget_class_bind_template_child_private (widget_class, HoldfastPage, main_menu);
  gtk_widget_class_bind_template_child_private (widget_class, HoldfastPage, cancel_button);
  gtk_widget_class_bind_template_child_private (widget_class, HoldfastPage, buttons);
  gtk_widget_class_bind_template_child_private (widget_class, HoldfastPage, primary_button);
  gtk_widget_class_bind_template_child_private (widget_class, HoldfastPage, secondary_button);
  gtk_widget_class_bind_template_child_private (widget_class, HoldfastPage, tertiary_button);
  gtk_widget_class_bind_template_child_private (widget_class, HoldfastPage, scroller);
  gtk_widget_class_bind_template_child_private (widget_class, HoldfastPage, clamp);
  gtk_widget_class_bind_template_child_private (widget_class, HoldfastPage, columns);
  gtk_widget_class_bind_template_child_private (widget_class, HoldfastPage, side_bin);
  gtk_widget_class_bind_template_child_private (widget_class, HoldfastPage, words);
  gtk_widget_class_bind_template_child_private (widget_class, HoldfastPage, heading_label);
  gtk_widget_class_bind_template_child_private (widget_class, HoldfastPage, sentence_label);
  gtk_widget_class_bind_template_child_private (widget_class, HoldfastPage, content_bin);
  gtk_widget_class_bind_template_callback (widget_class, button_clicked_cb);
  gtk_widget_class_bind_template_callback (widget_class, holdfast_page_has_text);
  gtk_widget_class_bind_template_callback (widget_class, mark_practice_cb);
}

/* Made when it is first opened: a menu takes as long to make as half a page, and hardly anybody
 * looks. */
static void
open_menu_cb (GtkMenuButton *button, gpointer page)
{
  if (gtk_menu_button_get_popover (button) == NULL)
    gtk_menu_button_set_menu_model (button, get_private (page)->main_menu);
}

static void
holdfast_page_init (HoldfastPage *self)
{
  HoldfastPagePrivate *priv = get_private (self);

  for (guint i = 0; i < HOLDFAST_PAGE_BUTTON_MAX; i++)
    priv->intents[i] = HOLDFAST_EVENT_MAX;
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_menu_button_set_create_popup_func (priv->menu_button, open_menu_cb, self, NULL);
  layout_columns (self);
}

HoldfastSession *
holdfast_page_get_session (HoldfastPage *self)
{
  g_return_val_if_fail (HOLDFAST_IS_PAGE (self), NULL);

  return get_private (self)->session;
}

void
holdfast_page_set_session (HoldfastPage *self, HoldfastSession *session)
{
  HoldfastPagePrivate *priv = get_private (self);

  g_return_if_fail (HOLDFAST_IS_PAGE (self));
  g_return_if_fail (session == NULL || HOLDFAST_IS_SESSION (session));

  if (!g_set_object (&priv->session, session))
    return;
  if (session != NULL)
    holdfast_page_set_context (self,
                               holdfast_headset_get_title (holdfast_session_get_headset (session)));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SESSION]);
}

/* Leaving is the same as going back before anything was begun, and after all was done. */
static gboolean
has_something_to_cancel (HoldfastState state)
{
  return state != HOLDFAST_STATE_IDLE && state != HOLDFAST_STATE_KNOWN
         && state != HOLDFAST_STATE_GET_READY && state != HOLDFAST_STATE_DONE
         && state != HOLDFAST_STATE_GUIDE_DONE;
}

void
holdfast_page_update (HoldfastPage *self)
{
  HoldfastPagePrivate *priv = get_private (self);
  const HoldfastMachine *machine = NULL;

  g_return_if_fail (HOLDFAST_IS_PAGE (self));

  if (priv->session == NULL)
    return;
  machine = holdfast_session_get_machine (priv->session);
  gtk_widget_set_visible (priv->back_button,
                          holdfast_machine_accepts (machine, HOLDFAST_EVENT_BACK));
  gtk_widget_set_visible (priv->cancel_button,
                          has_something_to_cancel (machine->state)
                              && holdfast_machine_accepts (machine, HOLDFAST_EVENT_CANCEL));
  make_room_for_cancel (self);
  HOLDFAST_PAGE_GET_CLASS (self)->update (self, machine);
  for (HoldfastPageButton button = 0; button < HOLDFAST_PAGE_BUTTON_MAX; button++)
    if (priv->intents[button] != HOLDFAST_EVENT_MAX)
      holdfast_page_set_button_sensitive (
          self, button, holdfast_machine_accepts (machine, priv->intents[button]));
}

void
holdfast_page_set_heading (HoldfastPage *self, const char *heading)
{
  g_return_if_fail (HOLDFAST_IS_PAGE (self));

  set_text (self, &get_private (self)->heading, heading, properties[PROP_HEADING]);
  /* A window's title must have words. */
  if (heading != NULL)
    adw_navigation_page_set_title (ADW_NAVIGATION_PAGE (self), heading);
}

const char *
holdfast_page_get_heading (HoldfastPage *self)
{
  g_return_val_if_fail (HOLDFAST_IS_PAGE (self), NULL);

  return get_private (self)->heading;
}

void
holdfast_page_set_sentence (HoldfastPage *self, const char *sentence)
{
  g_return_if_fail (HOLDFAST_IS_PAGE (self));

  set_text (self, &get_private (self)->sentence, sentence, properties[PROP_SENTENCE]);
}

/* A kind of headphones is a part of sentences elsewhere; alone it begins like one. */
void
holdfast_page_set_context (HoldfastPage *self, const char *context)
{
  g_autoptr (GString) title = NULL;

  g_return_if_fail (HOLDFAST_IS_PAGE (self));

  if (context != NULL && *context != '\0') {
    title = g_string_new (NULL);
    g_string_append_unichar (title, g_unichar_totitle (g_utf8_get_char (context)));
    g_string_append (title, g_utf8_next_char (context));
  }
  set_text (self,
            &get_private (self)->context,
            title != NULL ? title->str : context,
            properties[PROP_CONTEXT]);
}

gboolean
holdfast_page_get_practice (HoldfastPage *self)
{
  g_return_val_if_fail (HOLDFAST_IS_PAGE (self), FALSE);

  return get_private (self)->practice;
}

gboolean
holdfast_page_get_wide (HoldfastPage *self)
{
  g_return_val_if_fail (HOLDFAST_IS_PAGE (self), FALSE);

  return get_private (self)->wide;
}

/* Words on a button are never cut off: with large text they go on in another line. */
static void
set_words (GtkButton *button, const char *label)
{
  GtkWidget *words;

  gtk_button_set_label (button, label);
  words = gtk_button_get_child (button);
  if (!GTK_IS_LABEL (words))
    return;
  gtk_label_set_ellipsize (GTK_LABEL (words), PANGO_ELLIPSIZE_NONE);
  gtk_label_set_wrap (GTK_LABEL (words), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (words), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (words), GTK_JUSTIFY_CENTER);
  gtk_label_set_width_chars (GTK_LABEL (words),
                             (int) MIN (g_utf8_strlen (label, -1), BUTTON_LEAST_CHARS));
}

void
holdfast_page_set_button (HoldfastPage *self,
                          HoldfastPageButton button,
                          const char *label,
                          HoldfastEventKind intent)
{
  HoldfastPagePrivate *priv = get_private (self);
  GtkWidget *widget = NULL;
  gboolean any = FALSE;

  g_return_if_fail (HOLDFAST_IS_PAGE (self));

  widget = button_widget (priv, button);
  priv->intents[button] = label != NULL ? intent : HOLDFAST_EVENT_MAX;
  if (label != NULL && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) != 0)
    set_words (GTK_BUTTON (widget), label);
  gtk_widget_set_visible (widget, label != NULL);
  for (HoldfastPageButton i = 0; i < HOLDFAST_PAGE_BUTTON_MAX; i++)
    any |= gtk_widget_get_visible (button_widget (priv, i));
  gtk_widget_set_visible (priv->buttons, any);
}

void
holdfast_page_set_button_sensitive (HoldfastPage *self,
                                    HoldfastPageButton button,
                                    gboolean sensitive)
{
  g_return_if_fail (HOLDFAST_IS_PAGE (self));

  gtk_widget_set_sensitive (button_widget (get_private (self), button), sensitive);
}

GtkWidget *
holdfast_page_get_button (HoldfastPage *self, HoldfastPageButton button)
{
  g_return_val_if_fail (HOLDFAST_IS_PAGE (self), NULL);

  return button_widget (get_private (self), button);
}

void
holdfast_page_arrive (HoldfastPage *self)
{
  HoldfastPagePrivate *priv = get_private (self);
  g_autofree char *spoken = NULL;

  g_return_if_fail (HOLDFAST_IS_PAGE (self));

  if (!holdfast_page_has_others_focus (self))
    gtk_widget_grab_focus (GTK_WIDGET (self));
  spoken = g_strdup_printf ("%s %s", priv->heading ?: "", priv->sentence ?: "");
  holdfast_page_say (self, g_strstrip (spoken), FALSE);
}

void
holdfast_page_say (HoldfastPage *self, const char *text, gboolean urgent)
{
  g_return_if_fail (HOLDFAST_IS_PAGE (self));
  g_return_if_fail (text != NULL);

  if (*text != '\0')
    gtk_accessible_announce (GTK_ACCESSIBLE (self),
                             text,
                             urgent ? GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_HIGH
                                    : GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
}

void
holdfast_page_set_can_go_back (HoldfastPage *self, gboolean can_go_back)
{
  g_return_if_fail (HOLDFAST_IS_PAGE (self));

  gtk_widget_set_visible (get_private (self)->back_button, can_go_back);
}

void
holdfast_page_show_headset (HoldfastPage *self)
{
  HoldfastPagePrivate *priv = get_private (self);
  GtkWidget *picture = NULL;

  g_return_if_fail (HOLDFAST_IS_PAGE (self));
  g_return_if_fail (priv->session != NULL);

  if (adw_bin_get_child (ADW_BIN (priv->side_bin)) != NULL)
    return;
  picture = holdfast_still_picture_new (PICTURE_HEIGHT);
  gtk_widget_set_halign (picture, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (picture, GTK_ALIGN_CENTER);
  holdfast_still_picture_set_headset (HOLDFAST_STILL_PICTURE (picture),
                                      holdfast_session_get_headset (priv->session));
  g_object_set (self, "side", picture, NULL);
}

void
holdfast_page_show_time_left (HoldfastPage *self, HoldfastTimeLeft *time_left)
{
  HoldfastPagePrivate *priv = get_private (self);
  const HoldfastMachine *machine = NULL;

  g_return_if_fail (HOLDFAST_IS_PAGE (self));
  g_return_if_fail (HOLDFAST_IS_TIME_LEFT (time_left));
  g_return_if_fail (priv->session != NULL);

  machine = holdfast_session_get_machine (priv->session);
  holdfast_time_left_set_clock (time_left, holdfast_session_get_clock (priv->session));
  holdfast_time_left_set_end (time_left,
                              machine->state != HOLDFAST_STATE_FOUND
                                  ? holdfast_machine_get_window_end_us (machine)
                                  : G_MAXINT64,
                              holdfast_machine_get_window_length_us (machine));
}

void
holdfast_page_say_time_left (HoldfastPage *self, GParamSpec *pspec, HoldfastTimeLeft *time_left)
{
  const char *words = holdfast_time_left_get_words (time_left);

  if (words != NULL)
    holdfast_page_say (self, words, FALSE);
}

void
holdfast_page_chime (HoldfastPage *self, HoldfastChime chime)
{
  g_return_if_fail (HOLDFAST_IS_PAGE (self));

  gtk_widget_activate_action (GTK_WIDGET (self), "win.chime", "i", (int) chime);
}
