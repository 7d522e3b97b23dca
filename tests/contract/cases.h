/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "fixture.h"
#include "yes-agent.h"

G_BEGIN_DECLS

/**
 * Case:
 * @name: "subject/what-is-so"
 * @needs: capabilities of the world, separated by spaces; "" for none
 *
 * One thing that our client and BlueZ do together, the same in every world.
 */
typedef struct {
  const char *name;
  const char *needs;
  void (*run) (Fixture *f);
} Case;

/* Each ends with a row without a name. */
extern const Case discovery_cases[];
extern const Case air_cases[];
extern const Case pair_cases[];
extern const Case pair_trouble_cases[];
extern const Case pin_cases[];
extern const Case connect_cases[];
extern const Case device_cases[];
extern const Case service_cases[];

G_END_DECLS
