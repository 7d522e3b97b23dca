/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "connect-page.h"

#include <glib/gi18n-lib.h>

#include "sentences.h"
#include "widgets.h"

enum {
  RUNG_FORGET,
  RUNG_FOUND,
  RUNG_PAIRED,
  RUNG_CONNECTED,
  RUNG_SOUND,
  N_RUNGS,
};

struct _HoldfastConnectPage {
  HoldfastPage parent_instance;

  GtkListBox *list;
  GtkWidget *rows[N_RUNGS];
  GtkWidget *stacks[N_RUNGS]; /* a tick, a spinner or nothing */
  gboolean forgets;
};

G_DEFINE_FINAL_TYPE (HoldfastConnectPage, holdfast_connect_page, HOLDFAST_TYPE_PAGE)

/* Returns: the rung that is being climbed; those below it are done. */
static int
rung_of (HoldfastState state)
{
  switch (state) {
  case HOLDFAST_STATE_FORGET:
    return RUNG_FORGET;
  case HOLDFAST_STATE_PAIR:
  case HOLDFAST_STATE_PAIR_WAIT:
    return RUNG_PAIRED;
  case HOLDFAST_STATE_TRUST:
  case HOLDFAST_STATE_CONNECT:
  case HOLDFAST_STATE_CONNECT_WAIT:
    return RUNG_CONNECTED;
  case HOLDFAST_STATE_VERIFY:
    return RUNG_SOUND;
  case HOLDFAST_STATE_IDLE:
  case HOLDFAST_STATE_KNOWN:
  case HOLDFAST_STATE_GET_READY:
  case HOLDFAST_STATE_WAIT_RADIO:
  case HOLDFAST_STATE_ASK_WAY:
  case HOLDFAST_STATE_INVITE:
  case HOLDFAST_STATE_LEAD_IN:
  case HOLDFAST_STATE_HOLD:
  case HOLDFAST_STATE_LOOKING:
  case HOLDFAST_STATE_ASK_LIGHT:
  case HOLDFAST_STATE_IDENTIFY:
  case HOLDFAST_STATE_FOUND:
  case HOLDFAST_STATE_ASK_FORGET:
  case HOLDFAST_STATE_ASK_UNBLOCK:
  case HOLDFAST_STATE_ASK_PIN:
  case HOLDFAST_STATE_DONE:
  case HOLDFAST_STATE_GUIDE_DONE:
  case HOLDFAST_STATE_FAILED:
  case HOLDFAST_STATE_ENDING:
  case HOLDFAST_STATE_ENDED:
  case HOLDFAST_STATE_MAX:
    break;
  }
  return -1;
}

static void
show_rungs (HoldfastConnectPage *self, int now)
{
  for (int i = 0; i < N_RUNGS; i++) {
    const char *said = i < now ? _ ("Done") : i == now ? _ ("In progress") : _ ("Still to come");

    gtk_stack_set_visible_child_name (GTK_STACK (self->stacks[i]),
                                      i < now    ? "done"
                                      : i == now ? "busy"
                                                 : "later");
    gtk_accessible_update_property (
        GTK_ACCESSIBLE (self->rows[i]), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, said, -1);
  }
}

static void
update (HoldfastPage *page, const HoldfastMachine *machine)
{
  HoldfastConnectPage *self = HOLDFAST_CONNECT_PAGE (page);
  int now = rung_of (machine->state);

  if (now < 0)
    return;
  if (machine->state == HOLDFAST_STATE_FORGET)
    self->forgets = TRUE;
  gtk_widget_set_visible (self->rows[RUNG_FORGET], self->forgets);
  /* Those that are known already were not looked for. */
  gtk_widget_set_visible (self->rows[RUNG_FOUND], !machine->chose_known);
  gtk_widget_set_visible (self->rows[RUNG_PAIRED], !machine->chose_known);
  if (g_strcmp0 (holdfast_page_get_heading (page), holdfast_state_get_title (machine->state)) != 0)
    holdfast_page_say (page, holdfast_state_get_title (machine->state), FALSE);
  holdfast_page_set_heading (page, holdfast_state_get_title (machine->state));
  holdfast_page_set_sentence (page, holdfast_state_get_sentence (machine->state));
  show_rungs (self, now);
}

static GtkWidget *
new_mark (void)
{
  GtkWidget *stack = gtk_stack_new ();
  GtkWidget *tick = gtk_image_new_from_icon_name ("object-select-symbolic");

  gtk_widget_add_css_class (tick, "success");
  gtk_stack_add_named (GTK_STACK (stack), gtk_image_new (), "later");
  gtk_stack_add_named (GTK_STACK (stack), adw_spinner_new (), "busy");
  gtk_stack_add_named (GTK_STACK (stack), tick, "done");
  gtk_widget_set_valign (stack, GTK_ALIGN_CENTER);
  return stack;
}

static void
add_rows (HoldfastConnectPage *self)
{
  const char *const titles[N_RUNGS] = {
    _ ("Old pairing forgotten"),     _ ("Headphones found"),
    _ ("Paired with this computer"), _ ("Connected"),
    _ ("Ready for sound"),
  };

  for (int i = 0; i < N_RUNGS; i++) {
    self->rows[i] = adw_action_row_new ();
    self->stacks[i] = new_mark ();
    adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->rows[i]), titles[i]);
    gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self->rows[i]), FALSE);
    adw_action_row_add_prefix (ADW_ACTION_ROW (self->rows[i]), self->stacks[i]);
    gtk_list_box_append (self->list, self->rows[i]);
  }
}

static void
holdfast_connect_page_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), HOLDFAST_TYPE_CONNECT_PAGE);

  G_OBJECT_CLASS (holdfast_connect_page_parent_class)->dispose (object);
}

static void
holdfast_connect_page_class_init (HoldfastConnectPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_connect_page_dispose;
  HOLDFAST_PAGE_CLASS (klass)->update = update;

  gtk_widget_class_set_template_from_resource (widget_class, HOLDFAST_UI_PREFIX "connect-page.ui");
  gtk_widget_class_bind_template_child (widget_class, HoldfastConnectPage, list);
}

static void
holdfast_connect_page_init (HoldfastConnectPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_rows (self);
}
