/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "card-grid.h"

#define SPACING 12
/* In characters: longer names go on in a second line. */
#define NAME_WIDTH 14

/* ---- Cards ---- */

static GtkWidget *
new_label (const char *text)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_justify (GTK_LABEL (label), GTK_JUSTIFY_CENTER);
  gtk_label_set_max_width_chars (GTK_LABEL (label), NAME_WIDTH);
  gtk_label_set_natural_wrap_mode (GTK_LABEL (label), GTK_NATURAL_WRAP_WORD);
  return label;
}

GtkWidget *
holdfast_card_new (GtkWidget *picture, const char *title, const char *note)
{
  GtkWidget *card = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_return_val_if_fail (picture == NULL || GTK_IS_WIDGET (picture), NULL);
  g_return_val_if_fail (title != NULL, NULL);

  if (picture != NULL) {
    gtk_widget_set_halign (picture, GTK_ALIGN_CENTER);
    gtk_box_append (GTK_BOX (box), picture);
  }
  gtk_widget_set_valign (words, GTK_ALIGN_START);
  gtk_widget_set_vexpand (words, TRUE);
  gtk_box_append (GTK_BOX (words), new_label (title));
  if (note != NULL) {
    GtkWidget *label = new_label (note);

    gtk_widget_add_css_class (label, "caption");
    gtk_widget_add_css_class (label, "dimmed");
    gtk_box_append (GTK_BOX (words), label);
  }
  gtk_box_append (GTK_BOX (box), words);
  gtk_button_set_child (GTK_BUTTON (card), box);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "holdfast-card");
  gtk_accessible_update_property (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  if (note != NULL)
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, note, -1);
  return card;
}

/* ---- The grid ---- */

struct _HoldfastCardGrid {
  GtkWidget parent_instance;

  guint max_columns;
  guint n_columns;
  GtkWidget *last_focus; /* borrowed: a child */
};

G_DEFINE_FINAL_TYPE (HoldfastCardGrid, holdfast_card_grid, GTK_TYPE_WIDGET)

static GtkWidget *
next_shown (GtkWidget *card)
{
  while (card != NULL && !gtk_widget_get_child_visible (card))
    card = gtk_widget_get_next_sibling (card);
  return card;
}

#define FOREACH_SHOWN(self, card)                                                                  \
  for (GtkWidget *card = next_shown (gtk_widget_get_first_child (GTK_WIDGET (self)));              \
       card != NULL;                                                                               \
       card = next_shown (gtk_widget_get_next_sibling (card)))

static int
find_index (HoldfastCardGrid *self, GtkWidget *wanted)
{
  int index = 0;

  FOREACH_SHOWN (self, card)
  {
    if (card == wanted)
      return index;
    index++;
  }
  return -1;
}

static GtkWidget *
find_card (HoldfastCardGrid *self, int wanted)
{
  int index = 0;

  FOREACH_SHOWN (self, card)
  {
    if (index++ == wanted)
      return card;
  }
  return NULL;
}

static guint
count_shown (HoldfastCardGrid *self)
{
  guint count = 0;

  FOREACH_SHOWN (self, card)
  count++;
  return count;
}

/* Those out of sight count: a search leaves the columns where they are. */
static void
measure_cards (HoldfastCardGrid *self, int *ret_minimum, int *ret_natural)
{
  *ret_minimum = *ret_natural = 0;
  for (GtkWidget *card = gtk_widget_get_first_child (GTK_WIDGET (self)); card != NULL;
       card = gtk_widget_get_next_sibling (card)) {
    int minimum = 0;
    int natural = 0;

    gtk_widget_measure (card, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
    *ret_minimum = MAX (*ret_minimum, minimum);
    *ret_natural = MAX (*ret_natural, natural);
  }
}

static guint
get_n_columns (HoldfastCardGrid *self, int width)
{
  int minimum = 0;
  int natural = 0;

  measure_cards (self, &minimum, &natural);
  return (guint) CLAMP ((width + SPACING) / MAX (natural + SPACING, 1), 1, (int) self->max_columns);
}

static int
get_card_width (guint n_columns, int width)
{
  return (width - (int) (n_columns - 1) * SPACING) / (int) n_columns;
}

/* Returns: height of the row that begins with @card, and in @ret_next the card after it */
static int
measure_row (GtkWidget *card, guint n_columns, int card_width, GtkWidget **ret_next)
{
  int height = 0;

  for (guint i = 0; i < n_columns && card != NULL; i++) {
    int natural = 0;

    gtk_widget_measure (card, GTK_ORIENTATION_VERTICAL, card_width, NULL, &natural, NULL, NULL);
    height = MAX (height, natural);
    card = next_shown (gtk_widget_get_next_sibling (card));
  }
  *ret_next = card;
  return height;
}

static void
holdfast_card_grid_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline)
{
  HoldfastCardGrid *self = HOLDFAST_CARD_GRID (widget);
  GtkWidget *card = next_shown (gtk_widget_get_first_child (widget));
  int least = 0;
  int usual = 0;
  int height = 0;
  guint n_columns;

  measure_cards (self, &least, &usual);
  if (orientation == GTK_ORIENTATION_HORIZONTAL) {
    *minimum = least;
    *natural = (int) self->max_columns * (usual + SPACING) - SPACING;
    return;
  }
  if (for_size < 0)
    for_size = least;
  n_columns = get_n_columns (self, for_size);
  while (card != NULL)
    height
        += measure_row (card, n_columns, MAX (get_card_width (n_columns, for_size), least), &card)
           + (height > 0 ? SPACING : 0);
  *minimum = *natural = height;
}

static void
holdfast_card_grid_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  HoldfastCardGrid *self = HOLDFAST_CARD_GRID (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  GtkWidget *card = next_shown (gtk_widget_get_first_child (widget));
  int card_width;
  int y = 0;

  self->n_columns = get_n_columns (self, width);
  card_width = get_card_width (self->n_columns, width);
  while (card != NULL) {
    GtkWidget *next = NULL;
    int row_height = measure_row (card, self->n_columns, card_width, &next);
    int x = mirrored ? width - card_width : 0;

    for (; card != next; card = next_shown (gtk_widget_get_next_sibling (card))) {
      gtk_widget_size_allocate (card, &(GtkAllocation) { x, y, card_width, row_height }, -1);
      x += (mirrored ? -1 : 1) * (card_width + SPACING);
    }
    y += row_height + SPACING;
  }
}

static GtkSizeRequestMode
holdfast_card_grid_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static gboolean
grab (HoldfastCardGrid *self, GtkWidget *card)
{
  return card != NULL && gtk_widget_grab_focus (card);
}

/* Where the focus comes from above or below, it stays in its column. */
static int
find_column (HoldfastCardGrid *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *from = root != NULL ? gtk_root_get_focus (root) : NULL;
  int width = gtk_widget_get_width (GTK_WIDGET (self));
  graphene_rect_t bounds;
  graphene_point_t middle;
  int column;

  /* What is as wide as the grid is no column. */
  if (from == NULL || !gtk_widget_compute_bounds (from, GTK_WIDGET (self), &bounds)
      || bounds.size.width * 2 > (float) width || width <= 0)
    return 0;
  graphene_rect_get_center (&bounds, &middle);
  column = (int) (middle.x * (float) self->n_columns / (float) width);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    column = (int) self->n_columns - 1 - column;
  return CLAMP (column, 0, (int) self->n_columns - 1);
}

static gboolean
enter (HoldfastCardGrid *self, GtkDirectionType direction)
{
  int count = (int) count_shown (self);
  int columns = (int) MAX (self->n_columns, 1);

  if (count == 0)
    return FALSE;
  switch (direction) {
  case GTK_DIR_DOWN:
    return grab (self, find_card (self, MIN (find_column (self), count - 1)));
  case GTK_DIR_UP:
    return grab (
        self,
        find_card (self, MIN ((count - 1) / columns * columns + find_column (self), count - 1)));
  case GTK_DIR_TAB_FORWARD:
  case GTK_DIR_TAB_BACKWARD:
    if (self->last_focus != NULL && gtk_widget_get_child_visible (self->last_focus))
      return grab (self, self->last_focus);
    return grab (self, find_card (self, 0));
  case GTK_DIR_LEFT:
  case GTK_DIR_RIGHT:
    break;
  }
  return grab (self, find_card (self, 0));
}

static gboolean
holdfast_card_grid_focus (GtkWidget *widget, GtkDirectionType direction)
{
  HoldfastCardGrid *self = HOLDFAST_CARD_GRID (widget);
  gboolean mirrored = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;
  int index = find_index (self, gtk_widget_get_focus_child (widget));
  int count = (int) count_shown (self);
  int columns = (int) MAX (self->n_columns, 1);

  if (index < 0)
    return enter (self, direction);
  switch (direction) {
  case GTK_DIR_LEFT:
    return grab (self, find_card (self, index + (mirrored ? 1 : -1)));
  case GTK_DIR_RIGHT:
    return grab (self, find_card (self, index + (mirrored ? -1 : 1)));
  case GTK_DIR_UP:
    return grab (self, find_card (self, index - columns));
  case GTK_DIR_DOWN:
    /* From above a gap of the last row to its last card. */
    if (index / columns == (count - 1) / columns)
      return FALSE;
    return grab (self, find_card (self, MIN (index + columns, count - 1)));
  case GTK_DIR_TAB_FORWARD:
  case GTK_DIR_TAB_BACKWARD:
    break;
  }
  return FALSE;
}

static void
holdfast_card_grid_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  if (child != NULL)
    HOLDFAST_CARD_GRID (widget)->last_focus = child;
  GTK_WIDGET_CLASS (holdfast_card_grid_parent_class)->set_focus_child (widget, child);
}

static void
holdfast_card_grid_dispose (GObject *object)
{
  GtkWidget *card;

  HOLDFAST_CARD_GRID (object)->last_focus = NULL;
  while ((card = gtk_widget_get_first_child (GTK_WIDGET (object))) != NULL)
    gtk_widget_unparent (card);

  G_OBJECT_CLASS (holdfast_card_grid_parent_class)->dispose (object);
}

static void
holdfast_card_grid_class_init (HoldfastCardGridClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_card_grid_dispose;
  widget_class->measure = holdfast_card_grid_measure;
  widget_class->size_allocate = holdfast_card_grid_size_allocate;
  widget_class->get_request_mode = holdfast_card_grid_get_request_mode;
  widget_class->focus = holdfast_card_grid_focus;
  widget_class->set_focus_child = holdfast_card_grid_set_focus_child;

  gtk_widget_class_set_css_name (widget_class, "cardgrid");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
holdfast_card_grid_init (HoldfastCardGrid *self)
{
  self->n_columns = 1;
}

GtkWidget *
holdfast_card_grid_new (guint max_columns)
{
  HoldfastCardGrid *self = NULL;

  g_return_val_if_fail (max_columns > 0, NULL);

  self = g_object_new (HOLDFAST_TYPE_CARD_GRID, NULL);
  self->max_columns = max_columns;
  return GTK_WIDGET (self);
}

void
holdfast_card_grid_append (HoldfastCardGrid *self, GtkWidget *card)
{
  g_return_if_fail (HOLDFAST_IS_CARD_GRID (self));
  g_return_if_fail (GTK_IS_WIDGET (card));

  gtk_widget_set_parent (card, GTK_WIDGET (self));
}

void
holdfast_card_grid_set_shown (HoldfastCardGrid *self, GtkWidget *card, gboolean shown)
{
  g_return_if_fail (HOLDFAST_IS_CARD_GRID (self));
  g_return_if_fail (GTK_IS_WIDGET (card));
  g_return_if_fail (gtk_widget_get_parent (card) == GTK_WIDGET (self));

  if (gtk_widget_get_child_visible (card) == shown)
    return;
  gtk_widget_set_child_visible (card, shown);
  gtk_accessible_update_state (GTK_ACCESSIBLE (card), GTK_ACCESSIBLE_STATE_HIDDEN, !shown, -1);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

guint
holdfast_card_grid_get_n_columns (HoldfastCardGrid *self)
{
  g_return_val_if_fail (HOLDFAST_IS_CARD_GRID (self), 0);

  return self->n_columns;
}
