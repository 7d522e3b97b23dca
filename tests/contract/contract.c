/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cases.h"

#include <locale.h>
#include <string.h>

/*
 * The contract between our client and BlueZ: the same cases in every world. A case that needs what
 * this world has not is not registered; the list of those is compared with absent/WORLD.txt, so
 * that none goes missing by accident.
 */

static const Case *const subjects[] = {
  discovery_cases, air_cases,     pair_cases,   pair_trouble_cases,
  pin_cases,       connect_cases, device_cases, service_cases,
};

static Fixture fixture;
static char *world_name;
static GString *absent;

static void
run_case (gconstpointer user_data)
{
  const Case *row = user_data;
  gint64 began_us = g_get_monotonic_time ();

  fixture.case_name = row->name;
  if (fixture_set_up (&fixture))
    row->run (&fixture);
  fixture_tear_down (&fixture);
  g_test_message (
      "%s: %" G_GINT64_FORMAT " ms in all", row->name, (g_get_monotonic_time () - began_us) / 1000);
}

static void
test_absent_cases (void)
{
  g_autofree char *name = g_strconcat (world_name, ".txt", NULL);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "contract", "absent", name, NULL);
  g_autofree char *expected = NULL;
  g_autoptr (GError) error = NULL;

  if (!g_file_get_contents (path, &expected, NULL, &error)) {
    g_test_fail_printf ("%s", error->message);
    return;
  }
  g_test_message ("not for %s:\n%s", world_name, absent->str);
  g_assert_cmpstr (absent->str, ==, expected);
}

/* Only when every case ran: a row is stale when nobody asked for it. */
static void
test_differences_in_use (void)
{
  g_auto (GStrv) unused = differences_list_unused (fixture.differences);
  g_autofree char *list = g_strjoinv ("\n", unused);

  g_assert_cmpstr (list, ==, "");
}

static void
register_cases (void)
{
  absent = g_string_new (NULL);
  for (guint i = 0; i < G_N_ELEMENTS (subjects); i++) {
    for (const Case *row = subjects[i]; row->name != NULL; row++) {
      g_autofree char *path = g_strconcat ("/", row->name, NULL);

      if (world_has (fixture.world, row->needs))
        g_test_add_data_func (path, row, run_case);
      else
        g_string_append_printf (absent, "%s\n", row->name);
    }
  }
  g_test_add_func ("/suite/absent-cases", test_absent_cases);
}

static gboolean
open_world (const char *socket_path, GError **error)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "contract", "differences.txt", NULL);
  g_autofree char *answer = NULL;

  fixture.differences = differences_load (path, world_name, error);
  if (fixture.differences == NULL)
    return FALSE;
  fixture.catalogue = holdfast_catalogue_new (error);
  if (fixture.catalogue == NULL)
    return FALSE;
  fixture.world = world_new (socket_path, error);
  if (fixture.world == NULL)
    return FALSE;
  answer = world_ask (fixture.world, "reset");
  if (strcmp (answer, "ok") == 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "reset: %s", answer);
  return FALSE;
}

int
main (int argc, char *argv[])
{
  /* What tests/rig/with-rig tells its command. */
  g_autofree char *bus_address = g_strdup (g_getenv ("HOLDFAST_RIG_PC_BUS"));
  g_autofree char *socket_path = g_strdup (g_getenv ("HOLDFAST_RIG_WORLD"));
  gboolean peer = FALSE;
  gboolean some = FALSE;
  const GOptionEntry entries[] = {
    { "bus",   0, 0, G_OPTION_ARG_STRING,   &bus_address, "where org.bluez lives",              "ADDRESS" },
    { "peer",  0, 0, G_OPTION_ARG_NONE,     &peer,        "ADDRESS is BlueZ itself, not a bus", NULL      },
    { "world", 0, 0, G_OPTION_ARG_FILENAME, &socket_path, "the hand's socket",                  "SOCKET"  },
    { "name",  0, 0, G_OPTION_ARG_STRING,   &world_name,  "which world it is",                  "NAME"    },
    { "some",  0, 0, G_OPTION_ARG_NONE,     &some,        "only some cases are run (-p)",       NULL      },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GOptionContext) options = g_option_context_new (NULL);
  g_autoptr (GError) error = NULL;
  int status;

  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_set_nonfatal_assertions ();
  g_option_context_add_main_entries (options, entries, NULL);
  if (!g_option_context_parse (options, &argc, &argv, &error))
    g_error ("%s", error->message);
  if (bus_address == NULL || socket_path == NULL || world_name == NULL)
    g_error ("--bus, --world and --name are needed");

  fixture.bus_address = bus_address;
  fixture.peer = peer;
  if (!open_world (socket_path, &error))
    g_error ("%s", error->message);

  register_cases ();
  if (!some)
    g_test_add_func ("/suite/differences-in-use", test_differences_in_use);
  status = g_test_run ();

  world_free (fixture.world);
  g_object_unref (fixture.catalogue);
  differences_free (fixture.differences);
  g_string_free (absent, TRUE);
  g_free (world_name);
  return status;
}
