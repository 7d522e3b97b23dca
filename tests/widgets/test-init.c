/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <adwaita.h>

#include "widgets.h"

static void
test_twice (void)
{
  g_assert_true (holdfast_widgets_init ());
  g_assert_true (holdfast_widgets_init ());
  g_assert_true (g_resources_get_info (
      HOLDFAST_UI_PREFIX "style.css", G_RESOURCE_LOOKUP_FLAGS_NONE, NULL, NULL, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/widgets/init/twice", test_twice);
  return g_test_run ();
}
