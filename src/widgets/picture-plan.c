/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "picture-plan.h"

/* A touch surface is on both earbuds; everything else is one thing. */
static const char *const control_ids[HOLDFAST_CONTROL_MAX][2] = {
  [HOLDFAST_CONTROL_POWER] = { "button-power" },
  [HOLDFAST_CONTROL_POWER_PLAY] = { "button-power-play" },
  [HOLDFAST_CONTROL_POWER_PAIR] = { "button-power-pair" },
  [HOLDFAST_CONTROL_BLUETOOTH] = { "button-bluetooth" },
  [HOLDFAST_CONTROL_NC_AMBIENT] = { "button-nc-ambient" },
  [HOLDFAST_CONTROL_CUSTOM] = { "button-custom" },
  [HOLDFAST_CONTROL_VOLUME_DOWN] = { "button-volume-down" },
  [HOLDFAST_CONTROL_CASE_BUTTON] = { "button-case" },
  [HOLDFAST_CONTROL_EARBUD_TOUCH] = { "touch-left", "touch-right" },
  [HOLDFAST_CONTROL_EARBUD_BUTTON] = { "button-left", "button-right" },
  [HOLDFAST_CONTROL_MODE_SWITCH] = { "mode-switch" },
};

/* What a step without a control must have in its view. */
static const char *const action_ids[HOLDFAST_ACTION_MAX] = {
  [HOLDFAST_ACTION_UNPLUG_CABLE] = "plug-jack", [HOLDFAST_ACTION_UNPLUG_USB] = "plug-usb",
  [HOLDFAST_ACTION_PLUG_USB] = "plug-usb",      [HOLDFAST_ACTION_BUDS_IN_CASE] = "case-lid",
  [HOLDFAST_ACTION_BUDS_OUT] = "case-lid",      [HOLDFAST_ACTION_WEAR] = "person",
  [HOLDFAST_ACTION_OPEN_LID] = "case-lid",      [HOLDFAST_ACTION_CLOSE_LID] = "case-lid",
};

typedef struct {
  HoldfastIllustration *illustration;
  const HoldfastGesture *gesture;
  HoldfastPicturePlan *plan;
  gboolean worn;
} Maker;

/* ---- What this headset has ---- */

static void
add_word (GStrvBuilder *builder, HoldfastControl control)
{
  if (control != HOLDFAST_CONTROL_NONE)
    g_strv_builder_add (builder, holdfast_control_to_string (control));
}

static void
add_words_of_gesture (GStrvBuilder *builder, const HoldfastGesture *gesture)
{
  for (guint i = 0; gesture != NULL && i < holdfast_gesture_get_n_steps (gesture); i++) {
    const HoldfastStep *step = holdfast_gesture_get_step (gesture, i);

    add_word (builder, step->control);
    add_word (builder, step->control2);
  }
}

/* Its own controls, and those of its usual ways where its own are not known. A way that is only a
 * guess, until a question is answered, adds its control only while it is shown. */
static GStrv
list_words (HoldfastHeadset *headset, const HoldfastGesture *gesture)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const HoldfastFact *fact
      = headset != NULL ? holdfast_headset_find_fact (headset, "headset", "controls") : NULL;

  if (fact != NULL) {
    g_auto (GStrv) controls = g_strsplit (fact->value, ";", -1);

    for (guint i = 0; controls[i] != NULL; i++)
      g_strv_builder_add (builder, controls[i]);
  } else if (headset != NULL) {
    GPtrArray *ways = holdfast_headset_get_pairing_ways (headset);

    if (ways->len > 0)
      add_words_of_gesture (builder, g_ptr_array_index (ways, 0));
  }
  add_words_of_gesture (builder, gesture);
  return g_strv_builder_end (builder);
}

/* ---- Poses ---- */

static void
act (HoldfastPose *pose, HoldfastAction action)
{
  switch (action) {
  case HOLDFAST_ACTION_UNPLUG_CABLE:
    pose->jack_out = 1;
    break;
  case HOLDFAST_ACTION_UNPLUG_USB:
    pose->usb_out = 1;
    break;
  case HOLDFAST_ACTION_PLUG_USB:
    pose->usb_out = 0;
    break;
  case HOLDFAST_ACTION_BUDS_IN_CASE:
  case HOLDFAST_ACTION_WEAR:
    pose->buds_out = 0;
    break;
  case HOLDFAST_ACTION_BUDS_OUT:
    pose->buds_out = 1;
    break;
  case HOLDFAST_ACTION_OPEN_LID:
    pose->lid_open = 1;
    break;
  case HOLDFAST_ACTION_CLOSE_LID:
    pose->lid_open = 0;
    break;
  case HOLDFAST_ACTION_SLIDE_SWITCH:
    pose->switch_over = 1;
    break;
  case HOLDFAST_ACTION_HOLD:
  case HOLDFAST_ACTION_PRESS:
  case HOLDFAST_ACTION_WAIT:
  case HOLDFAST_ACTION_MAX:
    break;
  }
}

/* The pose that makes a step something to do: what it changes is the other way round. */
static void
prepare (HoldfastPose *pose, HoldfastAction action)
{
  switch (action) {
  case HOLDFAST_ACTION_UNPLUG_CABLE:
    pose->jack_out = 0;
    break;
  case HOLDFAST_ACTION_UNPLUG_USB:
    pose->usb_out = 0;
    break;
  case HOLDFAST_ACTION_PLUG_USB:
    pose->usb_out = 1;
    break;
  case HOLDFAST_ACTION_BUDS_IN_CASE:
  case HOLDFAST_ACTION_WEAR:
    pose->buds_out = 1;
    break;
  case HOLDFAST_ACTION_BUDS_OUT:
    pose->buds_out = 0;
    break;
  case HOLDFAST_ACTION_OPEN_LID:
    pose->lid_open = 0;
    break;
  case HOLDFAST_ACTION_CLOSE_LID:
    pose->lid_open = 1;
    break;
  case HOLDFAST_ACTION_SLIDE_SWITCH:
    pose->switch_over = 0;
    break;
  case HOLDFAST_ACTION_HOLD:
  case HOLDFAST_ACTION_PRESS:
  case HOLDFAST_ACTION_WAIT:
  case HOLDFAST_ACTION_MAX:
    break;
  }
}

static void
set_poses (Maker *maker, guint index)
{
  HoldfastPicturePlan *plan = maker->plan;
  HoldfastPose pose = { .buds_out = 1, .lid_open = 1, .jack_out = 1, .usb_out = 1 };
  const HoldfastGesture *gesture = maker->gesture;
  guint n_steps = gesture != NULL ? holdfast_gesture_get_n_steps (gesture) : 0;

  if (gesture != NULL && gesture->start == HOLDFAST_START_CHARGING) {
    pose.usb_out = 0;
    plan->usb_shown = TRUE;
  }
  for (guint i = 0; i < MIN (index, n_steps); i++) {
    act (&pose, holdfast_gesture_get_step (gesture, i)->action);
    maker->worn
        = maker->worn || holdfast_gesture_get_step (gesture, i)->action == HOLDFAST_ACTION_WEAR;
  }
  plan->from = plan->to = pose;
  if (index >= n_steps)
    return;

  prepare (&plan->from, holdfast_gesture_get_step (gesture, index)->action);
  plan->to = plan->from;
  act (&plan->to, holdfast_gesture_get_step (gesture, index)->action);
  switch (holdfast_gesture_get_step (gesture, index)->action) {
  case HOLDFAST_ACTION_UNPLUG_CABLE:
    plan->jack_shown = TRUE;
    break;
  case HOLDFAST_ACTION_UNPLUG_USB:
  case HOLDFAST_ACTION_PLUG_USB:
    plan->usb_shown = TRUE;
    break;
  case HOLDFAST_ACTION_BUDS_IN_CASE:
  case HOLDFAST_ACTION_BUDS_OUT:
    plan->from.lid_open = plan->to.lid_open = 1;
    break;
  case HOLDFAST_ACTION_WEAR:
    maker->worn = TRUE;
    break;
  case HOLDFAST_ACTION_HOLD:
  case HOLDFAST_ACTION_PRESS:
  case HOLDFAST_ACTION_WAIT:
  case HOLDFAST_ACTION_OPEN_LID:
  case HOLDFAST_ACTION_CLOSE_LID:
  case HOLDFAST_ACTION_SLIDE_SWITCH:
  case HOLDFAST_ACTION_MAX:
    break;
  }
}

/* ---- What is touched, and from where it can be seen ---- */

static gboolean
find_controls (Maker *maker, int view, HoldfastControl control, HoldfastControl control2)
{
  HoldfastPicturePlan *plan = maker->plan;
  HoldfastControl both[2] = { control, control2 };

  plan->n_controls = 0;
  for (guint i = 0; i < 2; i++) {
    for (guint j = 0; j < 2 && control_ids[both[i]][j] != NULL && plan->n_controls < 2; j++) {
      const HoldfastElement *element
          = holdfast_illustration_find (maker->illustration, view, control_ids[both[i]][j]);
      g_autofree char *line = NULL;

      if (element == NULL)
        return FALSE;
      line = g_strconcat ("press-", element->name, NULL);
      plan->controls[plan->n_controls] = element;
      plan->lines[plan->n_controls] = holdfast_illustration_find (maker->illustration, view, line);
      plan->n_controls++;
    }
  }
  return TRUE;
}

static gboolean
can_show (Maker *maker, int view, const HoldfastStep *step)
{
  if (step->control != HOLDFAST_CONTROL_NONE)
    return find_controls (maker, view, step->control, step->control2);
  return action_ids[step->action] == NULL
         || holdfast_illustration_find (maker->illustration, view, action_ids[step->action])
                != NULL;
}

static gboolean
try_view (Maker *maker, const char *name, const HoldfastStep *step)
{
  int view = holdfast_illustration_find_view (maker->illustration, name);

  if (view < 0 || !can_show (maker, view, step))
    return FALSE;
  maker->plan->view = view;
  return TRUE;
}

static gboolean
is_on_buds (HoldfastControl control)
{
  return control == HOLDFAST_CONTROL_EARBUD_TOUCH || control == HOLDFAST_CONTROL_EARBUD_BUTTON;
}

/* Earbuds are shown worn, large beside each other, or in the case; everything else has one place.
 */
static gboolean
choose_view (Maker *maker, const HoldfastStep *step)
{
  if (maker->worn && try_view (maker, "view-worn", step))
    return TRUE;
  if (is_on_buds (step->control) && maker->plan->to.buds_out > 0
      && try_view (maker, "view-buds", step))
    return TRUE;
  for (guint i = 0; i < holdfast_illustration_get_n_views (maker->illustration); i++) {
    if (can_show (maker, (int) i, step)) {
      maker->plan->view = (int) i;
      return TRUE;
    }
  }
  /* Nothing there to show: the headset as it is. A switch, or wearing it, is not in all pictures.
   */
  return step->action == HOLDFAST_ACTION_WEAR;
}

/* A step that touches nothing is seen from where the next one that does is seen. */
static const HoldfastStep *
find_step_to_show (const HoldfastGesture *gesture, guint index)
{
  guint n_steps = gesture != NULL ? holdfast_gesture_get_n_steps (gesture) : 0;
  const HoldfastStep *step = index < n_steps ? holdfast_gesture_get_step (gesture, index) : NULL;

  if (n_steps == 0)
    return NULL;
  if (step == NULL)
    return holdfast_gesture_get_step (gesture, n_steps - 1);
  for (guint i = index; step->action == HOLDFAST_ACTION_WAIT && i < n_steps; i++) {
    if (holdfast_gesture_get_step (gesture, i)->control != HOLDFAST_CONTROL_NONE)
      return holdfast_gesture_get_step (gesture, i);
  }
  return step;
}

static void
add_light (Maker *maker, const char *id)
{
  HoldfastPicturePlan *plan = maker->plan;
  const HoldfastElement *light = holdfast_illustration_find (maker->illustration, plan->view, id);

  if (light != NULL && plan->n_lights < G_N_ELEMENTS (plan->lights))
    plan->lights[plan->n_lights++] = light;
}

static void
find_lights (Maker *maker, gboolean on_buds)
{
  if (on_buds
      || holdfast_illustration_find (maker->illustration, maker->plan->view, "led") == NULL) {
    add_light (maker, "led-left");
    add_light (maker, "led-right");
    add_light (maker, "lens-led-left");
    add_light (maker, "lens-led-right");
  }
  if (maker->plan->n_lights > 0 && on_buds)
    return;
  add_light (maker, "led");
  add_light (maker, "lens-led");
}

/* A cable is looked at from nearby. */
static void
find_frame (Maker *maker)
{
  HoldfastPicturePlan *plan = maker->plan;
  const char *id = "frame";

  if (plan->from.jack_out != plan->to.jack_out)
    id = "frame-jack";
  else if (plan->from.usb_out != plan->to.usb_out)
    id = "frame-usb";
  plan->frame = holdfast_illustration_find (maker->illustration, plan->view, id);
  if (plan->frame == NULL)
    plan->frame = holdfast_illustration_find (maker->illustration, plan->view, "frame");
}

static gboolean
has_lens (Maker *maker)
{
  for (guint i = 0; i < maker->plan->n_controls; i++) {
    g_autofree char *id = g_strconcat ("lens-", maker->plan->controls[i]->name, NULL);

    if (holdfast_illustration_find (maker->illustration, maker->plan->view, id) == NULL)
      return FALSE;
  }
  return maker->plan->n_controls > 0;
}

HoldfastPicturePlan *
holdfast_picture_plan_make (HoldfastIllustration *illustration,
                            HoldfastHeadset *headset,
                            const HoldfastGesture *gesture,
                            guint step)
{
  g_autoptr (HoldfastPicturePlan) plan = g_new0 (HoldfastPicturePlan, 1);
  Maker maker = { .illustration = illustration, .gesture = gesture, .plan = plan };
  const HoldfastStep *shown = find_step_to_show (gesture, step);
  gboolean on_buds;

  g_return_val_if_fail (HOLDFAST_IS_ILLUSTRATION (illustration), NULL);

  plan->words = list_words (headset, gesture);
  set_poses (&maker, step);
  plan->complete = shown == NULL || choose_view (&maker, shown);
  if (!plan->complete)
    plan->n_controls = 0;
  on_buds = gesture != NULL
            && (gesture->light_place == HOLDFAST_PLACE_EARBUDS_OUTSIDE
                || (shown != NULL && is_on_buds (shown->control)));
  find_lights (&maker, on_buds);
  find_frame (&maker);
  plan->has_lens = has_lens (&maker);
  for (guint i = 0; i < plan->n_controls; i++) {
    plan->complete = plan->complete && plan->lines[i] != NULL
                     && holdfast_illustration_is_shown (
                         illustration, plan->controls[i], (const char *const *) plan->words);
  }
  return g_steal_pointer (&plan);
}

gboolean
holdfast_picture_plan_moves (const HoldfastPicturePlan *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return memcmp (&self->from, &self->to, sizeof self->from) != 0;
}

void
holdfast_picture_plan_free (HoldfastPicturePlan *self)
{
  if (self == NULL)
    return;
  g_strfreev (self->words);
  g_free (self);
}
