/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "headset.h"

G_BEGIN_DECLS

/* "I'm not sure which I have": questions that are answered by pictures, as data. */

typedef enum {
  HOLDFAST_INTERVIEW_SHAPE, /* where everybody begins */
  HOLDFAST_INTERVIEW_CASE_BUTTON,
  HOLDFAST_INTERVIEW_EARBUDS_LINE,
  HOLDFAST_INTERVIEW_OVER_EAR_LINE,
  HOLDFAST_INTERVIEW_GAMING_LINE,
  HOLDFAST_INTERVIEW_GAMING_EARBUDS_LINE,
  HOLDFAST_INTERVIEW_PLACE, /* where the name is printed; its two answers are the page's buttons */
  /* Ends */
  HOLDFAST_INTERVIEW_FAMILY, /* go on with the whole family */
  HOLDFAST_INTERVIEW_GRID,   /* back to the models of a form, to choose a name */
  HOLDFAST_INTERVIEW_MAX,
} HoldfastInterviewStage;

/** Answers to PLACE. */
enum {
  HOLDFAST_INTERVIEW_FOUND_NAME,
  HOLDFAST_INTERVIEW_NO_NAME,
  HOLDFAST_INTERVIEW_N_PLACE_ANSWERS,
};

/** How many answers any question has at most. */
#define HOLDFAST_INTERVIEW_MAX_ANSWERS 6
/** How many pages there are at most before an end. */
#define HOLDFAST_INTERVIEW_MAX_DEPTH 4

/**
 * HoldfastInterview:
 * @stage: what is asked, or how it ended
 * @unlisted: the model is not in our list: nobody looks for its name
 * @case_button: what was answered about a button on the case; UNKNOWN if it was not asked, or the
 *   person does not know
 * @form: what it looks like; known after SHAPE
 * @family: (nullable): id of the family; known at PLACE and at FAMILY
 *
 * How far somebody has come. A plain value, so that each page keeps its own and Back is simple.
 */
typedef struct {
  HoldfastInterviewStage stage;
  gboolean unlisted;
  HoldfastTristate case_button;
  HoldfastForm form;
  const char *family;
} HoldfastInterview;

/**
 * HoldfastInterviewPicture:
 * @name: of the illustration
 * @view: (nullable): of the illustration; NULL: the first
 * @words: (nullable): the controls that are to be seen, parted by ";"
 * @mark: (nullable): what stands out
 */
typedef struct {
  const char *name;
  const char *view;
  const char *words;
  const char *mark;
} HoldfastInterviewPicture;

HoldfastInterview holdfast_interview_begin (gboolean unlisted);

/** Returns: what is asked, in a few words, translated; "" at an end */
const char *holdfast_interview_get_heading (const HoldfastInterview *self);
/** Returns: where to look, translated; "" if the heading says it all */
const char *holdfast_interview_get_sentence (const HoldfastInterview *self);
/** Returns: (nullable): the picture of the question itself; only PLACE has one */
const HoldfastInterviewPicture *holdfast_interview_get_picture (const HoldfastInterview *self);

/** Returns: how many answers there are, 0 at an end */
guint holdfast_interview_get_n_answers (const HoldfastInterview *self);
/** Returns: an answer, translated; an underscore marks its letter at PLACE */
const char *holdfast_interview_get_answer (const HoldfastInterview *self, guint answer);
/** Returns: (nullable): what stands below an answer, translated */
const char *holdfast_interview_get_note (const HoldfastInterview *self, guint answer);
/** Returns: (nullable): NULL at PLACE */
const HoldfastInterviewPicture *
holdfast_interview_get_answer_picture (const HoldfastInterview *self, guint answer);

/** Returns: where an answer leads */
HoldfastInterview holdfast_interview_answer (const HoldfastInterview *self, guint answer);
/** Returns: TRUE if "I do not know" is an answer */
gboolean holdfast_interview_can_skip (const HoldfastInterview *self);
/** Returns: where "I do not know" leads; only if it is an answer */
HoldfastInterview holdfast_interview_skip (const HoldfastInterview *self);

G_END_DECLS
