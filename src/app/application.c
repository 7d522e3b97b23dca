/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "application.h"

#include <glib/gi18n-lib.h>
#ifdef G_OS_UNIX
#include <glib-unix.h>
#include <signal.h>
#endif

#include "catalogue.h"
#include "dialogs.h"
#if HOLDFAST_HAVE_BLUETOOTH
#include "rehearsal.h"
#endif
#include "widgets.h"
#include "window.h"

/* What this build cannot do is not among what people read who ask what it can. */
#define PRACTICE_FLAGS (HOLDFAST_HAVE_BLUETOOTH ? G_OPTION_FLAG_NONE : G_OPTION_FLAG_HIDDEN)

struct _HoldfastApplication {
  AdwApplication parent_instance;

  HoldfastCatalogue *catalogue;
  HoldfastWorld *world;
  GCancellable *cancellable;
  guint sigint;
  guint sigterm;
  char *until; /* as typed; on its way into the options */
  guint look_round;
};

G_DEFINE_FINAL_TYPE (HoldfastApplication, holdfast_application, ADW_TYPE_APPLICATION)

static void
world_open_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (HoldfastApplication) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (HoldfastWorld) world = holdfast_world_open_finish (result, &error);

  if (world == NULL) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_warning ("Bluetooth cannot be looked at: %s", error->message);
    return;
  }
  g_set_object (&self->world, world);
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (HOLDFAST_IS_WINDOW (l->data))
      holdfast_window_set_world (l->data, world);
}

static void
folder_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GPtrArray) problems = NULL;
  g_autoptr (GError) error = NULL;

  if (!holdfast_catalogue_load_folder_finish (
          HOLDFAST_CATALOGUE (source), result, &problems, &error)) {
    if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
      g_message ("%s", error->message);
    return;
  }
  for (guint i = 0; problems != NULL && i < problems->len; i++)
    g_message ("%s", (const char *) g_ptr_array_index (problems, i));
}

static void
add_own_headsets (HoldfastApplication *self)
{
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "holdfast", "headsets", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);

  holdfast_catalogue_load_folder_async (
      self->catalogue, folder, self->cancellable, folder_loaded_cb, NULL);
}

/* Bluetooth and a person's own files: not before the first window is on the screen, which shows
 * neither. */
static gboolean
look_round_cb (gpointer user_data)
{
  HoldfastApplication *self = user_data;
  HoldfastWorldOptions options = { 0 };

  self->look_round = 0;
  gtk_window_set_default_icon_name (HOLDFAST_APPLICATION_ID);
  add_own_headsets (self);
  holdfast_world_open_async (&options, self->cancellable, world_open_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

/* Each window first lets its session undo what it began; asked again, they do not wait. */
static void
close_windows (HoldfastApplication *self)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
quit_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  close_windows (user_data);
}

#ifdef G_OS_UNIX
static gboolean
stopped_cb (gpointer user_data)
{
  close_windows (user_data);
  return G_SOURCE_CONTINUE;
}
#endif

static void
holdfast_application_startup (GApplication *application)
{
  HoldfastApplication *self = HOLDFAST_APPLICATION (application);

  /* None yet, and before GTK looks for ours in all of the icon theme: where windows carry their
   * icon themselves it is drawn before they are shown. */
  gtk_window_set_default_icon_name ("");
  G_APPLICATION_CLASS (holdfast_application_parent_class)->startup (application);
  holdfast_widgets_init ();
  self->catalogue = holdfast_catalogue_new_put_off ();
#ifdef G_OS_UNIX
  self->sigint = g_unix_signal_add (SIGINT, stopped_cb, self);
  self->sigterm = g_unix_signal_add (SIGTERM, stopped_cb, self);
#endif
  self->look_round = g_idle_add_full (G_PRIORITY_LOW, look_round_cb, self, NULL);
}

static void
holdfast_application_shutdown (GApplication *application)
{
  HoldfastApplication *self = HOLDFAST_APPLICATION (application);

  g_clear_handle_id (&self->sigint, g_source_remove);
  g_clear_handle_id (&self->sigterm, g_source_remove);
  g_clear_handle_id (&self->look_round, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->world);
  G_APPLICATION_CLASS (holdfast_application_parent_class)->shutdown (application);
}

static HoldfastWindow *
get_window (HoldfastApplication *self)
{
  GtkWindow *window = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (HOLDFAST_IS_WINDOW (window))
    return HOLDFAST_WINDOW (window);
  window = GTK_WINDOW (holdfast_window_new (GTK_APPLICATION (self), self->catalogue, NULL));
  if (self->world != NULL)
    holdfast_window_set_world (HOLDFAST_WINDOW (window), self->world);
  return HOLDFAST_WINDOW (window);
}

static void
holdfast_application_activate (GApplication *application)
{
  gtk_window_present (GTK_WINDOW (get_window (HOLDFAST_APPLICATION (application))));
}

/* A line on the standard error of who started the program, wherever that was. */
G_GNUC_PRINTF (2, 3)
static void
complain (GApplicationCommandLine *line, const char *format, ...)
{
  g_autofree char *text = NULL;
  va_list values;

  va_start (values, format);
  text = g_strdup_vprintf (format, values);
  va_end (values);
  g_application_command_line_printerr (line, "%s\n", text);
}

/* Returns FALSE with words on standard error if a fault has no such name, or there are none. */
static gboolean
read_faults (GApplicationCommandLine *line, GVariantDict *options, guint *ret_faults)
{
#if HOLDFAST_HAVE_BLUETOOTH
  g_autofree const char **names = NULL;

  *ret_faults = 0;
  if (!g_variant_dict_lookup (options, "fault", "^a&s", &names))
    return TRUE;
  for (guint i = 0; names[i] != NULL; i++) {
    HoldfastSimFaults fault = holdfast_sim_fault_from_string (names[i]);
    g_autofree char *known = NULL;

    if (fault != HOLDFAST_SIM_FAULT_NONE) {
      *ret_faults |= fault;
      continue;
    }
    known = g_strjoinv (", ", (char **) holdfast_sim_get_fault_names ());
    complain (line,
              /* Translators: first %s is what was typed, the second a list of words */
              _ ("“%s” is none of the faults that can be simulated: %s"),
              names[i],
              known);
    return FALSE;
  }
#else
  *ret_faults = 0;
  if (g_variant_dict_contains (options, "simulate") || g_variant_dict_contains (options, "fault")) {
    complain (line, _ ("This build has no simulated headphones."));
    return FALSE;
  }
#endif
  return TRUE;
}

#if HOLDFAST_HAVE_BLUETOOTH
/* Returns FALSE with words on standard error if it cannot be done. */
static gboolean
read_until (GApplicationCommandLine *line, GVariantDict *options, HoldfastState *ret_until)
{
  const char *name = NULL;

  *ret_until = HOLDFAST_STATE_MAX;
  if (!g_variant_dict_lookup (options, "until", "&s", &name))
    return TRUE;
  if (!holdfast_rehearsal_parse_state (name, ret_until)) {
    const char *names[HOLDFAST_STATE_MAX + 1] = { NULL };
    g_autofree char *known = NULL;

    for (HoldfastState state = 0; state < HOLDFAST_STATE_MAX; state++)
      names[state] = holdfast_state_to_string (state);
    known = g_strjoinv (", ", (char **) names);
    /* Translators: first %s is what was typed, the second a list of words */
    complain (line, _ ("“%s” is no state of a session: %s"), name, known);
    return FALSE;
  }
  if (!g_variant_dict_contains (options, "simulate")
      && !g_variant_dict_contains (options, "fault")) {
    complain (line, _ ("A state is gone to with simulated headphones only. Add --simulate"));
    return FALSE;
  }
  if (*ret_until != HOLDFAST_STATE_IDLE && !g_variant_dict_contains (options, "pair")
      && !g_variant_dict_contains (options, "model")) {
    complain (line, _ ("A state is gone to with some headphones. Add --pair=MODEL"));
    return FALSE;
  }
  return TRUE;
}
#endif

static HoldfastHeadset *
read_model (HoldfastApplication *self,
            GApplicationCommandLine *line,
            GVariantDict *options,
            gboolean *ret_good)
{
  const char *name = NULL;
  HoldfastHeadset *headset = NULL;

  *ret_good = TRUE;
  if (!g_variant_dict_lookup (options, "pair", "&s", &name)
      && !g_variant_dict_lookup (options, "model", "&s", &name))
    return NULL;
  if (*name == '\0')
    return NULL;
  headset = holdfast_catalogue_find (self->catalogue, name);
  if (headset == NULL) {
    /* Translators: %s is what the person typed */
    complain (line, _ ("No model is called “%s”."), name);
    *ret_good = FALSE;
  }
  return headset;
}

static int
holdfast_application_command_line (GApplication *application, GApplicationCommandLine *line)
{
  HoldfastApplication *self = HOLDFAST_APPLICATION (application);
  GVariantDict *options = g_application_command_line_get_options_dict (line);
  HoldfastHeadset *headset = NULL;
  HoldfastWindow *window = NULL;
  const char *flow = NULL;
  gboolean good = FALSE;
  guint faults = 0;
#if HOLDFAST_HAVE_BLUETOOTH
  HoldfastState until = HOLDFAST_STATE_MAX;

  if (!read_until (line, options, &until))
    return 2;
#endif
  if (!read_faults (line, options, &faults))
    return 2;
  headset = read_model (self, line, options, &good);
  if (!good)
    return 2;
  if (g_variant_dict_lookup (options, "flow", "&s", &flow) && !g_str_equal (flow, "pair")
      && !g_str_equal (flow, "home")) {
    /* Translators: %s is what the person typed */
    complain (line, _ ("“%s” is neither “home” nor “pair”."), flow);
    return 2;
  }

  window = get_window (self);
#if HOLDFAST_HAVE_BLUETOOTH
  if (faults != 0 || g_variant_dict_contains (options, "simulate"))
    holdfast_window_practise (window, faults);
  if (until == HOLDFAST_STATE_IDLE)
    headset = NULL;
  else if (until != HOLDFAST_STATE_MAX)
    holdfast_window_rehearse (window, until);
#endif
  gtk_window_present (GTK_WINDOW (window));
  if (headset != NULL || g_variant_dict_contains (options, "pair") || g_strcmp0 (flow, "pair") == 0)
    holdfast_window_pair (window, headset);
  return 0;
}

/* libadwaita brings all styles. GTK would first read its own, which takes a tenth of the time to
 * the first picture, and throw them away a moment later; so it is told now what libadwaita tells it
 * then. A theme that the person asked for is theirs. */
static gboolean
open_screen (void)
{
  gboolean free_to_choose = g_getenv ("GTK_THEME") == NULL;
  gboolean is_open = FALSE;

  if (free_to_choose)
    g_setenv ("GTK_THEME", "Adwaita-empty", TRUE);
  is_open = gtk_init_check ();
  if (is_open)
    gtk_settings_get_default ();
  if (free_to_choose)
    g_unsetenv ("GTK_THEME");
  return is_open;
}

static int
holdfast_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  HoldfastApplication *self = HOLDFAST_APPLICATION (application);

  if (g_variant_dict_contains (options, "version")) {
    g_print ("holdfast %s\n", HOLDFAST_VERSION);
    return 0;
  }
  if (self->until != NULL)
    g_variant_dict_insert (options, "until", "s", self->until);
  if (!open_screen ()) {
    g_printerr (
        "%s\n",
        _ ("Holdfast needs a screen. Open a terminal on your desktop and start it there, or "
           "pair in this terminal with: holdfastctl pair"));
    return 1;
  }
  return -1;
}

static void
about_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  holdfast_about_dialog_present (GTK_WIDGET (gtk_application_get_active_window (user_data)));
}

static void
shortcuts_cb (GSimpleAction *action, GVariant *parameter, gpointer user_data)
{
  holdfast_shortcuts_dialog_present (GTK_WIDGET (gtk_application_get_active_window (user_data)));
}

static void
holdfast_application_dispose (GObject *object)
{
  HoldfastApplication *self = HOLDFAST_APPLICATION (object);

  g_clear_object (&self->world);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->until, g_free);

  G_OBJECT_CLASS (holdfast_application_parent_class)->dispose (object);
}

static void
holdfast_application_class_init (HoldfastApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = holdfast_application_dispose;
  application_class->startup = holdfast_application_startup;
  application_class->shutdown = holdfast_application_shutdown;
  application_class->activate = holdfast_application_activate;
  application_class->command_line = holdfast_application_command_line;
  application_class->handle_local_options = holdfast_application_handle_local_options;
}

#if HOLDFAST_HAVE_BLUETOOTH
/* Not among what people read who ask what the program can do. */
static void
add_developers_options (HoldfastApplication *self)
{
  const GOptionEntry entries[] = {
    { "until",
     0, 0,
     G_OPTION_ARG_STRING, &self->until,
     N_ ("Go on by itself until the session is in this state (docs/debugging.md)"),
     N_ ("STATE") },
    G_OPTION_ENTRY_NULL,
  };
  GOptionGroup *group = g_option_group_new (
      "develop", _ ("For developers:"), _ ("Show what is for developers"), NULL, NULL);

  g_option_group_add_entries (group, entries);
  g_option_group_set_translation_domain (group, GETTEXT_PACKAGE);
  g_application_add_option_group (G_APPLICATION (self), group);
}
#endif

static void
holdfast_application_init (HoldfastApplication *self)
{
  static const GActionEntry actions[] = {
    { .name = "about",     .activate = about_cb     },
    { .name = "shortcuts", .activate = shortcuts_cb },
    { .name = "quit",      .activate = quit_cb      },
  };
  const GOptionEntry entries[] = {
    { "pair",     0, 0,              G_OPTION_ARG_STRING, NULL, N_ ("Pair this model"),              N_ ("MODEL") },
    { "simulate",
     0,              PRACTICE_FLAGS,
     G_OPTION_ARG_NONE,                                   NULL,
     N_ ("Practise with simulated headphones"),
     NULL                                                                                                         },
    { "fault",
     0,              PRACTICE_FLAGS,
     G_OPTION_ARG_STRING_ARRAY,                           NULL,
     N_ ("Something goes wrong with the simulated headphones"),
     N_ ("FAULT")                                                                                                 },
    { "flow",     0, 0,              G_OPTION_ARG_STRING, NULL, N_ ("Where to begin: home or pair"), N_ ("FLOW")  },
    { "model",    0, 0,              G_OPTION_ARG_STRING, NULL, N_ ("The model it is about"),        N_ ("MODEL") },
    { "version",  0, 0,              G_OPTION_ARG_NONE,   NULL, N_ ("Tell the version and end"),     NULL         },
    G_OPTION_ENTRY_NULL,
  };

  self->cancellable = g_cancellable_new ();
  g_application_add_main_option_entries (G_APPLICATION (self), entries);
#if HOLDFAST_HAVE_BLUETOOTH
  add_developers_options (self);
#endif
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  gtk_application_set_accels_for_action (
      GTK_APPLICATION (self), "app.quit", (const char *const[]) { "<Control>q", NULL });
  gtk_application_set_accels_for_action (
      GTK_APPLICATION (self), "window.close", (const char *const[]) { "<Control>w", NULL });
  gtk_application_set_accels_for_action (
      GTK_APPLICATION (self), "app.shortcuts", (const char *const[]) { "<Control>question", NULL });
}

HoldfastApplication *
holdfast_application_new (void)
{
  return g_object_new (HOLDFAST_TYPE_APPLICATION,
                       "application-id",
                       HOLDFAST_APPLICATION_ID,
                       "flags",
                       G_APPLICATION_HANDLES_COMMAND_LINE,
                       NULL);
}
