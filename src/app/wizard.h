/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "page.h"
#include "session.h"

G_BEGIN_DECLS

/**
 * HoldfastWizard:
 *
 * The frame: a stack of pages that follows a session's state. It owns Back and Cancel, and decides
 * which page is shown; pages do neither.
 *
 * Below the session's pages lie pages without one (Home, the choice of a model); when the session
 * has ended the person is back on them.
 *
 * Actions: "wizard.back", "wizard.cancel".
 *
 * Signals:
 *   "back" (): a page is gone, and there is no session
 *   "ended" (gboolean connected): the session is over and let go of, its pages are gone
 */
#define HOLDFAST_TYPE_WIZARD (holdfast_wizard_get_type ())
G_DECLARE_FINAL_TYPE (HoldfastWizard, holdfast_wizard, HOLDFAST, WIZARD, AdwBin)

GtkWidget *holdfast_wizard_new (void);

/** Shows a page without a session, above those that are there. @page: (transfer floating) */
void holdfast_wizard_push (HoldfastWizard *self, HoldfastPage *page);
/** Back to a page that is there, if no session is; if it is not there, to the first */
void holdfast_wizard_pop_to (HoldfastWizard *self, HoldfastPage *page);
/** Back to the first page, if no session is there */
void holdfast_wizard_pop_to_first (HoldfastWizard *self);

/**
 * holdfast_wizard_start:
 * @session: (transfer none): just begun
 * @practice: TRUE if the headphones are simulated
 *
 * Follows a session from the state it is in to its end. There must not be one already.
 */
void holdfast_wizard_start (HoldfastWizard *self, HoldfastSession *session, gboolean practice);

/** Lets go of the session that runs, if one does, as it is: its pages stay, and show nothing more.
 * For a window that goes. */
void holdfast_wizard_let_go (HoldfastWizard *self);

/** @trouble: (nullable): what goes wrong on purpose in practice, for its pages to say */
void holdfast_wizard_set_trouble (HoldfastWizard *self, const char *trouble);

/** Returns: (transfer none) (nullable): the session that runs */
HoldfastSession *holdfast_wizard_get_session (HoldfastWizard *self);
/** Returns: (transfer none) (nullable): the page that is shown */
HoldfastPage *holdfast_wizard_get_page (HoldfastWizard *self);

G_END_DECLS
