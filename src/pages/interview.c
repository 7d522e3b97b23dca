/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "interview.h"

#include <glib/gi18n-lib.h>

/* An answer leads to another question, or, with a family, to the place of the name. */
typedef struct {
  const char *label; /* N_(); NULL: there are no more */
  const char *note;  /* N_(), nullable */
  HoldfastInterviewPicture picture;
  HoldfastInterviewStage next;
  HoldfastForm form; /* MAX: as it was */
  const char *family;
  HoldfastTristate case_button; /* UNKNOWN: as it was */
} Answer;

typedef struct {
  const char *heading;  /* N_() */
  const char *sentence; /* N_() */
  Answer answers[HOLDFAST_INTERVIEW_MAX_ANSWERS];
  gboolean can_skip; /* "I do not know" leads where the first answer leads, but says nothing */
} Question;

#define SAME HOLDFAST_FORM_MAX

static const Question questions[HOLDFAST_INTERVIEW_PLACE] = {
  [HOLDFAST_INTERVIEW_SHAPE] = {
    .heading = N_ ("What do they look like?"),
    .sentence = N_ ("Choose the picture that is most like yours."),
    .answers = {
      { .label = N_ ("Over the ears"),
        .note = N_ ("Large cushions, all around the ear"),
        .picture = { "over-ear" },
        .next = HOLDFAST_INTERVIEW_OVER_EAR_LINE,
        .form = HOLDFAST_FORM_OVER_EAR },
      { .label = N_ ("On the ears"),
        .note = N_ ("Small cushions that lie on the ear"),
        .picture = { "on-ear" },
        .next = HOLDFAST_INTERVIEW_PLACE,
        .form = HOLDFAST_FORM_ON_EAR,
        .family = "family-wh-ch" },
      { .label = N_ ("In the ears"),
        .note = N_ ("Two single earbuds, and a case"),
        .picture = { "buds-button" },
        .next = HOLDFAST_INTERVIEW_CASE_BUTTON,
        .form = HOLDFAST_FORM_EARBUDS },
      { .label = N_ ("Around the neck"),
        .note = N_ ("A band or a cable joins the two"),
        .picture = { "neckband" },
        .next = HOLDFAST_INTERVIEW_PLACE,
        .form = HOLDFAST_FORM_NECKBAND,
        .family = "family-wi" },
      { .label = N_ ("Gaming headset"),
        .note = N_ ("Over the ears, with a microphone"),
        .picture = { "inzone" },
        .next = HOLDFAST_INTERVIEW_GAMING_LINE,
        .form = HOLDFAST_FORM_GAMING_OVER_EAR },
      { .label = N_ ("Gaming earbuds"),
        .note = N_ ("In the ears, made for games"),
        .picture = { "buds-gaming" },
        .next = HOLDFAST_INTERVIEW_GAMING_EARBUDS_LINE,
        .form = HOLDFAST_FORM_GAMING_EARBUDS },
    },
  },
  [HOLDFAST_INTERVIEW_CASE_BUTTON] = {
    .heading = N_ ("Is there a button on the charging case?"),
    .sentence = N_ ("Look at all sides of the case: a button may be small, round and of the same "
                    "colour. It may be on the back."),
    .answers = {
      { .label = N_ ("Yes, a button"),
        .picture = { "buds-case-button", "view-back", "case-button", "button-case" },
        .next = HOLDFAST_INTERVIEW_EARBUDS_LINE,
        .form = SAME,
        .case_button = HOLDFAST_TRISTATE_YES },
      { .label = N_ ("No button"),
        .picture = { "buds-case-button", "view-back" },
        .next = HOLDFAST_INTERVIEW_EARBUDS_LINE,
        .form = SAME,
        .case_button = HOLDFAST_TRISTATE_NO },
    },
    .can_skip = TRUE,
  },
  [HOLDFAST_INTERVIEW_EARBUDS_LINE] = {
    .heading = N_ ("Is one of these words on them?"),
    .sentence = N_ ("Look at the case, the earbuds and the box. No word at all is an answer, too."),
    .answers = {
      { .label = "1000X",
        .note = N_ ("As in WF-1000XM5"),
        .picture = { "buds-touch" },
        .next = HOLDFAST_INTERVIEW_PLACE,
        .form = SAME,
        .family = "family-wf-1000x" },
      { .label = "LinkBuds",
        .note = N_ ("Some of them are open rings"),
        .picture = { "linkbuds-ring" },
        .next = HOLDFAST_INTERVIEW_PLACE,
        .form = SAME,
        .family = "family-linkbuds" },
      { .label = N_ ("Neither of them"),
        .note = N_ ("Or I do not know"),
        .picture = { "buds-button" },
        .next = HOLDFAST_INTERVIEW_PLACE,
        .form = SAME,
        .family = "family-wf" },
    },
  },
  [HOLDFAST_INTERVIEW_OVER_EAR_LINE] = {
    .heading = N_ ("Is 1000X in their name?"),
    .sentence = N_ ("The names of one line have it, as in WH-1000XM4. Look at the headphones, their "
                    "bag and the box."),
    .answers = {
      { .label = "1000X",
        .note = N_ ("As in WH-1000XM4"),
        .picture = { "over-ear-1000x-folding" },
        .next = HOLDFAST_INTERVIEW_PLACE,
        .form = SAME,
        .family = "family-wh-1000x" },
      { .label = N_ ("Another name"),
        .note = N_ ("Or I do not know"),
        .picture = { "over-ear" },
        .next = HOLDFAST_INTERVIEW_PLACE,
        .form = SAME,
        .family = "family-wh" },
    },
  },
  [HOLDFAST_INTERVIEW_GAMING_LINE] = {
    .heading = N_ ("Is one of these words on them?"),
    .sentence = N_ ("Look at the headband, the ear cups and the box. No word at all is an answer, "
                    "too."),
    .answers = {
      { .label = "INZONE",
        .picture = { "inzone" },
        .next = HOLDFAST_INTERVIEW_PLACE,
        .form = SAME,
        .family = "family-inzone" },
      { .label = "PULSE",
        .note = N_ ("For PlayStation"),
        .picture = { "pulse-over-ear" },
        .next = HOLDFAST_INTERVIEW_PLACE,
        .form = SAME,
        .family = "family-pulse" },
      { .label = N_ ("Neither of them"),
        .note = N_ ("Or I do not know"),
        .picture = { "over-ear" },
        .next = HOLDFAST_INTERVIEW_PLACE,
        .form = SAME,
        .family = "family-wh" },
    },
  },
  [HOLDFAST_INTERVIEW_GAMING_EARBUDS_LINE] = {
    .heading = N_ ("Is one of these words on them?"),
    .sentence = N_ ("Look at the case, the earbuds and the box. No word at all is an answer, too."),
    .answers = {
      { .label = "INZONE",
        .picture = { "buds-gaming" },
        .next = HOLDFAST_INTERVIEW_GRID,
        .form = SAME,
        .family = "family-inzone" },
      { .label = "PULSE",
        .note = N_ ("For PlayStation"),
        .picture = { "buds-gaming" },
        .next = HOLDFAST_INTERVIEW_PLACE,
        .form = SAME,
        .family = "family-pulse" },
      { .label = N_ ("Neither of them"),
        .note = N_ ("Or I do not know"),
        .picture = { "buds-button" },
        .next = HOLDFAST_INTERVIEW_PLACE,
        .form = SAME,
        .family = "family-wf" },
    },
  },
};

/* Where a name may be printed. No source says it for every model, and neither do we. */
static const struct {
  const char *sentence; /* N_() */
  HoldfastInterviewPicture picture;
} places[HOLDFAST_FORM_MAX] = {
  [HOLDFAST_FORM_OVER_EAR] = {
    N_ ("The name may be inside the headband, in small letters. We do not know the place for "
        "every model, so look at the ear cups and the box, too."),
    { "printed", "view-headband" },
  },
  [HOLDFAST_FORM_ON_EAR] = {
    N_ ("The name may be inside the headband, in small letters. We do not know the place for "
        "every model, so look at the ear cups and the box, too."),
    { "printed", "view-headband" },
  },
  [HOLDFAST_FORM_EARBUDS] = {
    N_ ("The name may be on the case or on an earbud, in very small letters. We do not know the "
        "place for every model, so look at all sides, and at the box."),
    { "printed", "view-case" },
  },
  [HOLDFAST_FORM_NECKBAND] = {
    N_ ("We do not know where it is on these. Look at the inner side of the band, at both its ends, "
        "and at the box."),
    { "printed", "view-neckband" },
  },
  [HOLDFAST_FORM_GAMING_OVER_EAR] = {
    N_ ("The name may be inside the headband, in small letters. We do not know the place for "
        "every model, so look at the ear cups and the box, too."),
    { "printed", "view-headband" },
  },
  [HOLDFAST_FORM_GAMING_EARBUDS] = {
    N_ ("The name may be on the case or on an earbud, in very small letters. We do not know the "
        "place for every model, so look at all sides, and at the box."),
    { "printed", "view-case" },
  },
};

static gboolean
is_question (const HoldfastInterview *self)
{
  return self->stage < HOLDFAST_INTERVIEW_PLACE;
}

static const Answer *
get_answer (const HoldfastInterview *self, guint answer)
{
  return &questions[self->stage].answers[answer];
}

HoldfastInterview
holdfast_interview_begin (gboolean unlisted)
{
  return (HoldfastInterview) {
    .stage = HOLDFAST_INTERVIEW_SHAPE,
    .unlisted = unlisted,
    .form = HOLDFAST_FORM_MAX,
  };
}

const char *
holdfast_interview_get_heading (const HoldfastInterview *self)
{
  g_return_val_if_fail (self != NULL, "");

  if (is_question (self))
    return _ (questions[self->stage].heading);
  return self->stage == HOLDFAST_INTERVIEW_PLACE ? _ ("Look for their name") : "";
}

const char *
holdfast_interview_get_sentence (const HoldfastInterview *self)
{
  g_return_val_if_fail (self != NULL, "");

  if (self->stage == HOLDFAST_INTERVIEW_SHAPE && self->unlisted)
    return _ ("Choose the picture that is most like yours. We do not know every model, so we go by "
              "what works on most of the same kind.");
  if (is_question (self))
    return _ (questions[self->stage].sentence);
  if (self->stage == HOLDFAST_INTERVIEW_PLACE && self->form < HOLDFAST_FORM_MAX)
    return _ (places[self->form].sentence);
  return "";
}

const HoldfastInterviewPicture *
holdfast_interview_get_picture (const HoldfastInterview *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (self->stage != HOLDFAST_INTERVIEW_PLACE || self->form >= HOLDFAST_FORM_MAX)
    return NULL;
  return &places[self->form].picture;
}

guint
holdfast_interview_get_n_answers (const HoldfastInterview *self)
{
  guint count = 0;

  g_return_val_if_fail (self != NULL, 0);

  if (self->stage == HOLDFAST_INTERVIEW_PLACE)
    return HOLDFAST_INTERVIEW_N_PLACE_ANSWERS;
  if (!is_question (self))
    return 0;
  while (count < HOLDFAST_INTERVIEW_MAX_ANSWERS && get_answer (self, count)->label != NULL)
    count++;
  return count;
}

const char *
holdfast_interview_get_answer (const HoldfastInterview *self, guint answer)
{
  g_return_val_if_fail (self != NULL, "");
  g_return_val_if_fail (answer < holdfast_interview_get_n_answers (self), "");

  if (is_question (self))
    return _ (get_answer (self, answer)->label);
  return answer == HOLDFAST_INTERVIEW_FOUND_NAME ? _ ("_Choose its name")
                                                 : _ ("I can't find a name: _go on");
}

const char *
holdfast_interview_get_note (const HoldfastInterview *self, guint answer)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (answer < holdfast_interview_get_n_answers (self), NULL);

  if (!is_question (self) || get_answer (self, answer)->note == NULL)
    return NULL;
  return _ (get_answer (self, answer)->note);
}

const HoldfastInterviewPicture *
holdfast_interview_get_answer_picture (const HoldfastInterview *self, guint answer)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (answer < holdfast_interview_get_n_answers (self), NULL);

  return is_question (self) ? &get_answer (self, answer)->picture : NULL;
}

HoldfastInterview
holdfast_interview_answer (const HoldfastInterview *self, guint answer)
{
  HoldfastInterview next = *self;
  const Answer *given;

  g_return_val_if_fail (answer < holdfast_interview_get_n_answers (self), *self);

  if (self->stage == HOLDFAST_INTERVIEW_PLACE) {
    next.stage = answer == HOLDFAST_INTERVIEW_FOUND_NAME ? HOLDFAST_INTERVIEW_GRID
                                                         : HOLDFAST_INTERVIEW_FAMILY;
    return next;
  }
  given = get_answer (self, answer);
  next.stage = given->next;
  if (given->form != SAME)
    next.form = given->form;
  if (given->family != NULL)
    next.family = given->family;
  if (given->case_button != HOLDFAST_TRISTATE_UNKNOWN)
    next.case_button = given->case_button;
  /* What is not in the list need not be looked for there; where no family is left, only the list
   * is. */
  if (next.unlisted && next.stage == HOLDFAST_INTERVIEW_PLACE)
    next.stage = HOLDFAST_INTERVIEW_FAMILY;
  return next;
}

gboolean
holdfast_interview_can_skip (const HoldfastInterview *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return is_question (self) && questions[self->stage].can_skip;
}

HoldfastInterview
holdfast_interview_skip (const HoldfastInterview *self)
{
  HoldfastInterview next = *self;

  g_return_val_if_fail (holdfast_interview_can_skip (self), *self);

  next.stage = get_answer (self, 0)->next;
  return next;
}
