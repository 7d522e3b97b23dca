/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "speak.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

/* Prints every sentence in the language of the environment, with translations from the folder that
 * is named: so that a test can see which ones escape translation. */
int
main (int argc, char *argv[])
{
  g_autoptr (HoldfastCatalogue) catalogue = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *spoken = NULL;

  setlocale (LC_ALL, "");
  if (argc == 2)
    bindtextdomain (GETTEXT_PACKAGE, argv[1]);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");

  catalogue = holdfast_catalogue_new (&error);
  if (catalogue == NULL) {
    g_printerr ("%s\n", error->message);
    return 1;
  }
  spoken = speak_everything (catalogue);
  g_print ("%s", spoken);
  return 0;
}
