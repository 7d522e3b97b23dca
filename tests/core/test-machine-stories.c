/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "machine-fixture.h"

#include <string.h>

/* Each file in stories/ is a session told line by line:
 *
 *   +1.5 VERDICT certain device=1 -> FOUND device=1 until=+1.5 do REGISTER_AGENT
 *
 * Left of the arrow is what happens ("+1.5": so many seconds later; "due": when the deadline
 * comes), right of it what the machine makes of it. Lines with '#' are for the reader; "set" lines
 * configure. HOLDFAST_TEST_GOLDEN=write writes the right sides anew. */

static void
configure (MachineFixture *fixture, const char *line)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  gboolean guide = FALSE;
  HoldfastQuestion question = HOLDFAST_QUESTION_NONE;

  for (guint i = 1; words[i] != NULL; i++) {
    if (g_str_equal (words[i], "guide"))
      guide = TRUE;
    else if (g_str_equal (words[i], "question"))
      question = HOLDFAST_QUESTION_CASE_BUTTON;
    else
      g_error ("no such setting: %s", words[i]);
  }
  machine_fixture_restart (fixture, guide, question, 3 * G_USEC_PER_SEC);
}

static void
tell_line (MachineFixture *fixture, const char *line, const char *where, GString *told)
{
  const char *arrow = strstr (line, " ->");
  g_autofree char *happens
      = arrow != NULL ? g_strndup (line, (gsize) (arrow - line)) : g_strdup (line);
  g_autofree char *becomes = NULL;

  g_strchomp (happens);
  machine_fixture_happens (fixture, happens, where);
  becomes = machine_fixture_describe (fixture);
  g_string_append_printf (told, "%s -> %s\n", happens, becomes);
}

static void
test_story (gconstpointer data)
{
  g_autofree char *name = g_build_filename ("stories", data, NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", name, NULL);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) told = g_string_new (NULL);
  MachineFixture fixture;

  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  machine_fixture_init (&fixture);
  g_strchomp (contents);
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    g_autofree char *where = g_strdup_printf ("%s:%u", name, i + 1);

    if (lines[i][0] == '#' || lines[i][0] == '\0') {
      g_string_append_printf (told, "%s\n", lines[i]);
    } else if (g_str_has_prefix (lines[i], "set ")) {
      configure (&fixture, lines[i]);
      g_string_append_printf (told, "%s\n", lines[i]);
    } else {
      tell_line (&fixture, lines[i], where, told);
    }
  }
  machine_fixture_clear (&fixture);
  machine_fixture_compare (name, told->str);
}

int
main (int argc, char *argv[])
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  g_test_init (&argc, &argv, NULL);

  folder = g_test_build_filename (G_TEST_DIST, "core", "stories", NULL);
  dir = g_dir_open (folder, 0, &error);
  if (dir == NULL)
    g_error ("%s", error->message);
  while ((name = g_dir_read_name (dir)) != NULL) {
    if (g_str_has_suffix (name, ".txt"))
      g_ptr_array_add (names, g_strdup (name));
  }
  g_ptr_array_sort_values (names, (GCompareFunc) strcmp);
  g_assert_cmpuint (names->len, >=, 15);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *test
        = g_strdup_printf ("/core/machine/stories/%s", (const char *) g_ptr_array_index (names, i));

    g_test_add_data_func (test, g_ptr_array_index (names, i), test_story);
  }
  return g_test_run ();
}
