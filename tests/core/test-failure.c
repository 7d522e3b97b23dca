/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "failure.h"

#include <gio/gio.h>
#include <string.h>

static const char *const operation_words[] = {
  [HOLDFAST_OPERATION_DISCOVERY] = "discovery", [HOLDFAST_OPERATION_PAIR] = "pair",
  [HOLDFAST_OPERATION_CONNECT] = "connect",     [HOLDFAST_OPERATION_POWER] = "power",
  [HOLDFAST_OPERATION_OTHER] = "other",
};

static const char *
null_if_dash (const char *text)
{
  return g_str_equal (text, "-") ? NULL : text;
}

static void
check_line (const char *line, guint *n_checked)
{
  g_auto (GStrv) fields = g_strsplit (line, "|", -1);
  gboolean any_operation = FALSE;

  g_assert_cmpuint (g_strv_length (fields), ==, 4);
  for (guint i = 0; i < G_N_ELEMENTS (operation_words); i++) {
    const char *name = null_if_dash (fields[1]);
    const char *message = null_if_dash (fields[2]);
    HoldfastFailure cause;

    if (!g_str_equal (fields[0], "*") && !g_str_equal (fields[0], operation_words[i]))
      continue;
    any_operation = TRUE;
    g_test_message ("%s: %s", operation_words[i], line);
    g_assert_true (holdfast_failure_has_row ((HoldfastOperation) i, name, message));
    cause = holdfast_failure_from_bluez ((HoldfastOperation) i, name, message);
    g_assert_cmpstr (holdfast_failure_to_string (cause), ==, fields[3]);
    (*n_checked)++;
  }
  g_assert_true (any_operation);
}

static void
test_every_error_has_a_row (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", "bluez-errors.txt", NULL);
  g_autofree char *contents = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint n_checked = 0;

  g_assert_true (g_file_get_contents (path, &contents, NULL, &error));
  g_assert_no_error (error);
  lines = g_strsplit (contents, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++) {
    if (lines[i][0] != '\0' && lines[i][0] != '#')
      check_line (lines[i], &n_checked);
  }
  g_assert_cmpuint (n_checked, >, 200);
}

/* What GDBus itself makes of an error of our own side. */
static void
test_local_errors (void)
{
  static const struct {
    GIOErrorEnum code;
    HoldfastFailure cause;
  } rows[] = {
    { G_IO_ERROR_TIMED_OUT,          HOLDFAST_FAILURE_CLIENT_TIMEOUT },
    { G_IO_ERROR_CANCELLED,          HOLDFAST_FAILURE_CANCELLED      },
    { G_IO_ERROR_CLOSED,             HOLDFAST_FAILURE_NO_BUS         },
    { G_IO_ERROR_CONNECTION_REFUSED, HOLDFAST_FAILURE_NO_BUS         },
    { G_IO_ERROR_BROKEN_PIPE,        HOLDFAST_FAILURE_NO_BUS         },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error
        = g_error_new_literal (G_IO_ERROR, (gint) rows[i].code, "in any language");
    g_autofree char *name = g_dbus_error_encode_gerror (error);

    g_assert_cmpint (holdfast_failure_from_bluez (HOLDFAST_OPERATION_PAIR, name, error->message),
                     ==,
                     rows[i].cause);
  }
}

static void
test_unknown_errors (void)
{
  static const struct {
    const char *name;
    const char *message;
  } rows[] = {
    { NULL,                    NULL                                    },
    { "",                      ""                                      },
    { NULL,                    "gibberish"                             },
    { "org.example.Error.New", "something else"                        },
    /* Whole words only, on both sides. */
    { NULL,                    "br-connection-refused-2"               },
    { NULL,                    "xbr-connection-refused"                },
    { NULL,                    "localhost is downstairs"               },
    { NULL,                    "GDBus.Error:"                          },
    { NULL,                    "GDBus.Error::::"                       },
    /* The words of an errno mean a headset only when BlueZ says them. */
    { "org.example.Error.New", "Could not connect: Connection refused" },
    { "org.bluez",             "Host is down"                          },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_assert_false (
        holdfast_failure_has_row (HOLDFAST_OPERATION_PAIR, rows[i].name, rows[i].message));
    g_assert_cmpint (
        holdfast_failure_from_bluez (HOLDFAST_OPERATION_PAIR, rows[i].name, rows[i].message),
        ==,
        HOLDFAST_FAILURE_UNKNOWN);
  }
}

static void
test_long_message (void)
{
  g_autofree char *filler = g_strnfill (100000, 'x');
  g_autofree char *late = g_strconcat (filler, " br-connection-refused", NULL);
  g_autofree char *early = g_strconcat ("br-connection-refused ", filler, NULL);

  g_assert_cmpint (holdfast_failure_from_bluez (HOLDFAST_OPERATION_CONNECT, NULL, late),
                   ==,
                   HOLDFAST_FAILURE_UNKNOWN);
  g_assert_cmpint (holdfast_failure_from_bluez (HOLDFAST_OPERATION_CONNECT, NULL, early),
                   ==,
                   HOLDFAST_FAILURE_CONNECT_REFUSED);
}

static void
test_every_cause_is_complete (void)
{
  for (int i = HOLDFAST_FAILURE_NONE + 1; i < HOLDFAST_FAILURE_MAX; i++) {
    HoldfastFailure cause = (HoldfastFailure) i;
    const char *title = holdfast_failure_get_title (cause);
    const char *sentence = holdfast_failure_get_sentence (cause);
    HoldfastRepair repair = holdfast_failure_get_repair (cause);

    g_test_message ("%s", holdfast_failure_to_string (cause));
    g_assert_cmpstr (title, !=, "");
    g_assert_false (g_str_has_suffix (title, "."));
    g_assert_cmpint (g_utf8_strlen (title, -1), <=, 60);
    g_assert_true (g_str_has_suffix (sentence, "."));
    g_assert_cmpint (g_utf8_strlen (sentence, -1), <=, 220);
    g_assert_cmpint (repair, !=, HOLDFAST_REPAIR_NONE);
    g_assert_cmpstr (holdfast_repair_get_label (repair), !=, "");
    g_assert_cmpstr (holdfast_repair_to_string (repair), !=, "");
  }
  g_assert_cmpstr (holdfast_failure_get_title (HOLDFAST_FAILURE_NONE), ==, "");
  g_assert_cmpstr (holdfast_failure_get_sentence (HOLDFAST_FAILURE_NONE), ==, "");
  g_assert_cmpint (holdfast_failure_get_repair (HOLDFAST_FAILURE_NONE), ==, HOLDFAST_REPAIR_NONE);
}

static void
test_next_never_loops (void)
{
  for (int i = 0; i < HOLDFAST_FAILURE_MAX; i++) {
    HoldfastFailure cause = (HoldfastFailure) i;
    guint steps = 0;

    while (cause != HOLDFAST_FAILURE_NONE) {
      g_assert_cmpuint (steps, <, HOLDFAST_FAILURE_MAX);
      cause = holdfast_failure_get_next (cause);
      steps++;
    }
  }
}

static void
test_words_and_statuses_are_unique (void)
{
  g_autoptr (GHashTable) words = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) statuses = g_hash_table_new (NULL, NULL);
  g_autoptr (GHashTable) repairs = g_hash_table_new (g_str_hash, g_str_equal);

  for (int i = 0; i < HOLDFAST_FAILURE_MAX; i++) {
    HoldfastFailure cause = (HoldfastFailure) i;
    const char *word = holdfast_failure_to_string (cause);
    int status = holdfast_failure_get_exit_status (cause);

    g_assert_cmpuint (strspn (word, "abcdefghijklmnopqrstuvwxyz-"), ==, strlen (word));
    g_assert_true (g_hash_table_add (words, (gpointer) word));
    g_assert_true (g_hash_table_add (statuses, GINT_TO_POINTER (status)));
    /* Above 125 a shell means something else by it. */
    if (cause == HOLDFAST_FAILURE_NONE)
      g_assert_cmpint (status, ==, 0);
    else
      g_assert_true (status >= 10 && status <= 125);
  }
  for (int i = 0; i < HOLDFAST_REPAIR_MAX; i++)
    g_assert_true (
        g_hash_table_add (repairs, (gpointer) holdfast_repair_to_string ((HoldfastRepair) i)));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/failure/every-error-has-a-row", test_every_error_has_a_row);
  g_test_add_func ("/core/failure/local-errors", test_local_errors);
  g_test_add_func ("/core/failure/unknown-errors", test_unknown_errors);
  g_test_add_func ("/core/failure/long-message", test_long_message);
  g_test_add_func ("/core/failure/every-cause-is-complete", test_every_cause_is_complete);
  g_test_add_func ("/core/failure/next-never-loops", test_next_never_loops);
  g_test_add_func ("/core/failure/words-and-statuses-are-unique",
                   test_words_and_statuses_are_unique);

  return g_test_run ();
}
