/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "interview-page.h"

#include <glib/gi18n-lib.h>

#include "card-grid.h"
#include "still-picture.h"

/* Pixels. */
#define ANSWER_HEIGHT 96
#define PLACE_HEIGHT 210
#define MOST_COLUMNS 3
#define COLUMN_WIDTH 200

struct _HoldfastInterviewPage {
  HoldfastPage parent_instance;

  HoldfastInterview at;
  GtkWidget *answered; /* borrowed: the answer that was given last */
  GtkWidget *first;    /* borrowed */
};

G_DEFINE_FINAL_TYPE (HoldfastInterviewPage, holdfast_interview_page, HOLDFAST_TYPE_PAGE)

enum {
  ANSWERED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
card_clicked_cb (GtkWidget *card, HoldfastInterviewPage *self)
{
  guint answer = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (card), "holdfast-answer"));
  HoldfastInterview next = holdfast_interview_answer (&self->at, answer);

  self->answered = card;
  g_signal_emit (self, signals[ANSWERED], 0, &next);
}

static void
press (HoldfastPage *page, HoldfastPageButton button, HoldfastEventKind intent)
{
  HoldfastInterviewPage *self = HOLDFAST_INTERVIEW_PAGE (page);
  HoldfastInterview next;

  if (self->at.stage != HOLDFAST_INTERVIEW_PLACE)
    next = holdfast_interview_skip (&self->at);
  else
    next = holdfast_interview_answer (&self->at,
                                      button == HOLDFAST_PAGE_BUTTON_PRIMARY
                                          ? HOLDFAST_INTERVIEW_FOUND_NAME
                                          : HOLDFAST_INTERVIEW_NO_NAME);
  self->answered = holdfast_page_get_button (page, button);
  g_signal_emit (self, signals[ANSWERED], 0, &next);
}

static void
update (HoldfastPage *page, const HoldfastMachine *machine)
{
}

static GtkWidget *
get_initial_focus (HoldfastPage *page)
{
  HoldfastInterviewPage *self = HOLDFAST_INTERVIEW_PAGE (page);

  return self->answered != NULL ? self->answered : self->first;
}

static GtkWidget *
new_picture (const HoldfastInterviewPicture *picture, int height)
{
  GtkWidget *widget = holdfast_still_picture_new (height);

  holdfast_still_picture_set_drawing (
      HOLDFAST_STILL_PICTURE (widget), picture->name, picture->view, picture->words, picture->mark);
  return widget;
}

static void
add_answers (HoldfastInterviewPage *self)
{
  guint n_answers = holdfast_interview_get_n_answers (&self->at);
  guint n_columns = MIN (n_answers, MOST_COLUMNS);
  GtkWidget *grid = holdfast_card_grid_new (n_columns);

  for (guint i = 0; i < n_answers; i++) {
    GtkWidget *card = holdfast_card_new (
        new_picture (holdfast_interview_get_answer_picture (&self->at, i), ANSWER_HEIGHT),
        holdfast_interview_get_answer (&self->at, i),
        holdfast_interview_get_note (&self->at, i));

    g_object_set_data (G_OBJECT (card), "holdfast-answer", GUINT_TO_POINTER (i));
    g_signal_connect_object (card, "clicked", G_CALLBACK (card_clicked_cb), self, 0);
    holdfast_card_grid_append (HOLDFAST_CARD_GRID (grid), card);
    if (i == 0)
      self->first = card;
  }
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  holdfast_interview_get_heading (&self->at),
                                  -1);
  g_object_set (self, "content", grid, "content-width", (int) n_columns * COLUMN_WIDTH, NULL);
  if (holdfast_interview_can_skip (&self->at))
    holdfast_page_set_button (HOLDFAST_PAGE (self),
                              HOLDFAST_PAGE_BUTTON_SECONDARY,
                              _ ("I do not _know"),
                              HOLDFAST_EVENT_MAX);
}

static void
show_place (HoldfastInterviewPage *self)
{
  const HoldfastInterviewPicture *picture = holdfast_interview_get_picture (&self->at);

  if (picture != NULL)
    g_object_set (self, "side", new_picture (picture, PLACE_HEIGHT), NULL);
  holdfast_page_set_button (
      HOLDFAST_PAGE (self),
      HOLDFAST_PAGE_BUTTON_PRIMARY,
      holdfast_interview_get_answer (&self->at, HOLDFAST_INTERVIEW_FOUND_NAME),
      HOLDFAST_EVENT_MAX);
  holdfast_page_set_button (HOLDFAST_PAGE (self),
                            HOLDFAST_PAGE_BUTTON_SECONDARY,
                            holdfast_interview_get_answer (&self->at, HOLDFAST_INTERVIEW_NO_NAME),
                            HOLDFAST_EVENT_MAX);
}

static void
holdfast_interview_page_class_init (HoldfastInterviewPageClass *klass)
{
  HOLDFAST_PAGE_CLASS (klass)->update = update;
  HOLDFAST_PAGE_CLASS (klass)->press = press;
  HOLDFAST_PAGE_CLASS (klass)->get_initial_focus = get_initial_focus;

  signals[ANSWERED] = g_signal_new ("answered",
                                    HOLDFAST_TYPE_INTERVIEW_PAGE,
                                    G_SIGNAL_RUN_LAST,
                                    0,
                                    NULL,
                                    NULL,
                                    NULL,
                                    G_TYPE_NONE,
                                    1,
                                    G_TYPE_POINTER);
}

static void
holdfast_interview_page_init (HoldfastInterviewPage *self)
{
  holdfast_page_set_context (HOLDFAST_PAGE (self), "Holdfast");
}

HoldfastPage *
holdfast_interview_page_new (const HoldfastInterview *at)
{
  HoldfastInterviewPage *self = NULL;

  g_return_val_if_fail (at != NULL, NULL);
  g_return_val_if_fail (holdfast_interview_get_n_answers (at) > 0, NULL);

  self = g_object_new (HOLDFAST_TYPE_INTERVIEW_PAGE, NULL);
  self->at = *at;
  holdfast_page_set_heading (HOLDFAST_PAGE (self), holdfast_interview_get_heading (at));
  holdfast_page_set_sentence (HOLDFAST_PAGE (self), holdfast_interview_get_sentence (at));
  if (at->stage == HOLDFAST_INTERVIEW_PLACE)
    show_place (self);
  else
    add_answers (self);
  return HOLDFAST_PAGE (self);
}
