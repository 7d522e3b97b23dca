/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * HoldfastApplication:
 *
 * The program: its options, its one view of this computer's Bluetooth, and its windows.
 *
 * Exit status 1 where there is no display, with one line that says what to do.
 */
#define HOLDFAST_TYPE_APPLICATION (holdfast_application_get_type ())
G_DECLARE_FINAL_TYPE (
    HoldfastApplication, holdfast_application, HOLDFAST, APPLICATION, AdwApplication)

HoldfastApplication *holdfast_application_new (void);

G_END_DECLS
