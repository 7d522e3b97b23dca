/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "catalogue.h"

G_DEFINE_QUARK (holdfast - catalogue - error - quark, holdfast_catalogue_error)
