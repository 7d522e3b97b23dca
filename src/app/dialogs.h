/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/** Shows over @parent's window who made this, and under which licence. */
void holdfast_about_dialog_present (GtkWidget *parent);

/** Shows over @parent's window the keys, in words. */
void holdfast_shortcuts_dialog_present (GtkWidget *parent);

G_END_DECLS
