/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "headset.h"

G_BEGIN_DECLS

/* Filled in by headset-build.c, and never changed after. */
struct _HoldfastHeadset {
  GObject parent_instance;

  char *id;
  char *name;
  char *family;
  gboolean is_family;
  HoldfastForm form;
  HoldfastRadioKind radio;
  HoldfastGate gate;
  GStrv bluetooth_names;
  GStrv other_names;
  GStrv codecs;
  guint16 product;
  char *guide;
  char *picture;
  HoldfastTristate jack;
  HoldfastTristate cable_blocks;
  HoldfastTristate usb_blocks;
  HoldfastTristate multipoint_as_sold;
  HoldfastMultipoint multipoint;
  guint memory_size;
  guint year;
  GPtrArray *ways;
  HoldfastGesture *first_time;
  HoldfastGesture *restart;
  HoldfastGesture *factory_reset;
  GPtrArray *facts;
  GStrv folded_names; /* all names, as search compares them */
};

G_END_DECLS
