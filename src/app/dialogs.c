/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "dialogs.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "widgets.h"

void
holdfast_about_dialog_present (GtkWidget *parent)
{
  AdwDialog *dialog = adw_about_dialog_new ();

  g_object_set (dialog,
                "application-name",
                "Holdfast",
                "application-icon",
                HOLDFAST_APPLICATION_ID,
                "version",
                HOLDFAST_VERSION,
                "comments",
                _ ("Pairs Sony headphones, step by step. Holdfast is not affiliated with Sony."),
                "license-type",
                GTK_LICENSE_GPL_3_0,
                "developer-name",
                _ ("The Holdfast developers"),
                NULL);
  adw_dialog_present (dialog, parent);
}

void
holdfast_shortcuts_dialog_present (GtkWidget *parent)
{
  g_autoptr (GtkBuilder) builder
      = gtk_builder_new_from_resource (HOLDFAST_UI_PREFIX "shortcuts.ui");

  adw_dialog_present (ADW_DIALOG (gtk_builder_get_object (builder, "shortcuts")), parent);
}
