/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "illustration.h"

G_BEGIN_DECLS

typedef struct {
  GskPath *path;
  GskStroke *stroke; /* NULL: filled */
  int colour;
  float opacity;
  int element; /* the innermost one around it */
} HoldfastShape;

struct _HoldfastIllustration {
  GObject parent_instance;

  char *name;
  graphene_rect_t box;
  GArray *views;    /* indices of elements */
  GArray *elements; /* HoldfastElement */
  GArray *shapes;   /* HoldfastShape */
};

#define holdfast_shape_at(self, index) (&g_array_index ((self)->shapes, HoldfastShape, index))
#define holdfast_element_at(self, index) (&g_array_index ((self)->elements, HoldfastElement, index))

G_END_DECLS
