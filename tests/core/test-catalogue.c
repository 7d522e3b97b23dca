/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue.h"

static void
test_loads (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (&error);

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (holdfast_catalogue_get_models (catalogue)), ==, 46);
  g_assert_cmpuint (g_list_model_get_n_items (holdfast_catalogue_get_families (catalogue)), ==, 9);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/core/catalogue/loads", test_loads);

  return g_test_run ();
}
