/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "widgets.h"

#include <adwaita.h>

#include "illustration-resources.h"
#include "ui-resources.h"

gboolean
holdfast_widgets_init (void)
{
  static gboolean done = FALSE;
  g_autoptr (GtkCssProvider) provider = NULL;

  if (done)
    return TRUE;
  if (!gtk_init_check ())
    return FALSE;

  adw_init ();
  g_resources_register (holdfast_ui_get_resource ());
  g_resources_register (holdfast_illustrations_get_resource ());
  provider = gtk_css_provider_new ();
  gtk_css_provider_load_from_resource (provider, HOLDFAST_UI_PREFIX "style.css");
  gtk_style_context_add_provider_for_display (gdk_display_get_default (),
                                              GTK_STYLE_PROVIDER (provider),
                                              GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  done = TRUE;
  return TRUE;
}
