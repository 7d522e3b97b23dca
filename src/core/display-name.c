/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "display-name.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Bytes looked at: a Bluetooth name has at most 248. */
#define NAME_BYTES 1024
/* Marks on one letter; written languages need no more, "Zalgo" text does. */
#define MARKS_MAX 4
/* Letters and pictures joined into one; the longest family emoji has 4. */
#define JOINS_MAX 4

#define ZERO_WIDTH_NON_JOINER 0x200c
#define ZERO_WIDTH_JOINER 0x200d
#define FIRST_STRONG_ISOLATE "\342\201\250"
#define POP_DIRECTIONAL_ISOLATE "\342\201\251"
#define ELLIPSIS "\342\200\246"
#define REPLACEMENT 0xfffd

typedef enum {
  PART_NOTHING, /* dropped */
  PART_BLANK,
  PART_BASE,   /* begins a character as a reader sees it */
  PART_EXTEND, /* belongs to the one before */
  PART_JOINER,
  PART_FLAG, /* half a flag */
} Part;

static gboolean
is_invisible_letter (gunichar c)
{
  switch (c) {
  case 0x115f: /* Hangul fillers */
  case 0x1160:
  case 0x3164:
  case 0xffa0:
  case 0x17b4: /* Khmer inherent vowels */
  case 0x17b5:
  case 0x2800: /* Braille blank */
    return TRUE;
  default:
    return FALSE;
  }
}

/* No font of the person's is known to draw the others, or each draws them its own way. */
static gboolean
has_shape (gunichar c)
{
  return g_unichar_isgraph (c) && g_unichar_type (c) != G_UNICODE_PRIVATE_USE;
}

static Part
part_of (gunichar c)
{
  GUnicodeType type = g_unichar_type (c);

  if (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER)
    return PART_JOINER;
  if (c >= 0x1f1e6 && c <= 0x1f1ff)
    return PART_FLAG;
  if (is_invisible_letter (c) || g_unichar_isspace (c) || type == G_UNICODE_LINE_SEPARATOR
      || type == G_UNICODE_PARAGRAPH_SEPARATOR || type == G_UNICODE_SPACE_SEPARATOR)
    return PART_BLANK;
  /* What turns text around (U+202E and its kin) is of the type FORMAT. */
  if (type == G_UNICODE_CONTROL || type == G_UNICODE_FORMAT)
    return PART_NOTHING;
  /* Skin tones, and the later parts of a Hangul syllable. */
  if (g_unichar_ismark (c) || (c >= 0x1f3fb && c <= 0x1f3ff) || g_unichar_iszerowidth (c))
    return PART_EXTEND;
  return PART_BASE;
}

typedef struct {
  GString *text;
  guint n_visible;
  guint n_marks;
  guint n_joins;
  gsize cut; /* end of the last character but one that may be shown */
  gboolean blank_due;
  gboolean joiner_due;
  gunichar joiner;
  gboolean half_flag;
} Cleaner;

/* Returns FALSE when the name is longer than what is shown. */
static gboolean
begin_character (Cleaner *self)
{
  if (self->n_visible == HOLDFAST_NAME_VISIBLE - 1)
    self->cut = self->text->len;
  if (self->n_visible == HOLDFAST_NAME_VISIBLE)
    return FALSE;
  self->n_visible++;
  self->n_marks = 0;
  self->n_joins = 0;
  self->half_flag = FALSE;
  return TRUE;
}

static gboolean
add_blank (Cleaner *self)
{
  if (!self->blank_due)
    return TRUE;
  self->blank_due = FALSE;
  if (!begin_character (self))
    return FALSE;
  g_string_append_c (self->text, ' ');
  return TRUE;
}

static gboolean
add_base (Cleaner *self, gunichar c, Part part)
{
  gboolean joined = self->joiner_due;
  gboolean completes_flag;

  self->joiner_due = FALSE;
  if (!add_blank (self))
    return FALSE;
  completes_flag = part == PART_FLAG && self->half_flag;
  if (joined && self->joiner == ZERO_WIDTH_JOINER && self->n_joins < JOINS_MAX) {
    g_string_append_unichar (self->text, self->joiner);
    self->n_joins++;
    self->n_marks = 0;
    self->half_flag = FALSE;
  } else if (completes_flag) {
    self->half_flag = FALSE;
  } else {
    if (!begin_character (self))
      return FALSE;
    if (joined)
      g_string_append_unichar (self->text, self->joiner);
    self->half_flag = part == PART_FLAG;
  }
  g_string_append_unichar (self->text, has_shape (c) ? c : REPLACEMENT);
  return TRUE;
}

static gboolean
add (Cleaner *self, gunichar c)
{
  Part part = part_of (c);

  switch (part) {
  case PART_NOTHING:
    return TRUE;
  case PART_BLANK:
    self->blank_due = self->n_visible > 0;
    self->joiner_due = FALSE;
    return TRUE;
  case PART_JOINER:
    /* Only between two characters, and one: elsewhere it hides. */
    self->joiner_due = self->n_visible > 0 && !self->blank_due;
    self->joiner = c;
    return TRUE;
  case PART_EXTEND:
    if (self->n_visible > 0 && !self->blank_due && self->n_marks < MARKS_MAX) {
      g_string_append_unichar (self->text, c);
      self->n_marks++;
    }
    return TRUE;
  case PART_BASE:
  case PART_FLAG:
    return add_base (self, c, part);
  }
  g_return_val_if_reached (FALSE);
}

char *
holdfast_clean_name (const char *untrusted)
{
  Cleaner cleaner = { 0 };
  g_autofree char *valid = NULL;
  gsize length;

  if (untrusted == NULL)
    return g_strdup ("");

  length = strnlen (untrusted, NAME_BYTES);
  valid = g_utf8_make_valid (untrusted, (gssize) length);
  cleaner.text = g_string_new (NULL);
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at)) {
    if (!add (&cleaner, g_utf8_get_char (at))) {
      g_string_truncate (cleaner.text, cleaner.cut);
      while (cleaner.text->len > 0 && cleaner.text->str[cleaner.text->len - 1] == ' ')
        g_string_truncate (cleaner.text, cleaner.text->len - 1);
      g_string_append (cleaner.text, ELLIPSIS);
      break;
    }
  }
  return g_string_free_and_steal (cleaner.text);
}

char *
holdfast_display_name (const char *untrusted)
{
  g_autofree char *clean = holdfast_clean_name (untrusted);

  if (*clean == '\0')
    /* Translators: stands for the name of a device that told none: "Is no name yours?" never
     * happens, it is only shown in lists. */
    return g_strdup (_ ("no name"));
  return g_strconcat (FIRST_STRONG_ISOLATE, clean, POP_DIRECTIONAL_ISOLATE, NULL);
}

char *
holdfast_address_tail (const char *address)
{
  static const char form[] = "xx:xx:xx:xx:xx:xx";

  if (address == NULL || strnlen (address, sizeof form) != sizeof form - 1)
    return g_strdup ("");
  for (guint i = 0; i < sizeof form - 1; i++) {
    if (form[i] == 'x' ? !g_ascii_isxdigit (address[i]) : address[i] != ':')
      return g_strdup ("");
  }
  return g_strdup (address + strlen (form) - strlen ("xx:xx"));
}
