/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "catalogue.h"

G_BEGIN_DECLS

typedef enum {
  HOLDFAST_SERVICE_A2DP_SINK = 1 << 0, /* 0000110b: takes music */
  HOLDFAST_SERVICE_HANDSFREE = 1 << 1, /* 0000111e or 00001108 */
  HOLDFAST_SERVICE_INPUT = 1 << 2,     /* 00001124 or 00001812: keyboards, mice */
  HOLDFAST_SERVICE_LE_AUDIO = 1 << 3,  /* 0000184e, 00001850, 00001853, 00001844 */
} HoldfastServices;

#define HOLDFAST_NAME_SIZE 256

/**
 * HoldfastSighting:
 * @id: names the device for the radio that saw it; never 0, never used twice
 * @address: "38:18:4C:00:00:42", for display (its tail) and for remembering
 * @address_public: FALSE for a random LE address
 * @name: valid UTF-8, cut at a character's edge; "" while unknown. Untrusted: from the air
 * @class_of_device: 0 if none was told; a classic device that answered inquiry always has one
 * @has_rssi: TRUE if it appeared, or got a signal strength, *in this discovery*; a cached object
 *   has none
 * @rssi: in dBm; meaningless without @has_rssi
 * @services: what it says it offers, so far
 * @fast_pair_bytes: length of its Fast Pair service data, or -1; exactly 3 means pairing mode
 * @advertising_flags: LE flags, or -1; bits 0 and 1 mean discoverable
 * @vendor: vendor of its PnP id, 0 if unknown; 0x054c is Sony
 * @product: product of its PnP id
 * @paired: this computer holds a key for it
 * @unstored: that key is for this connection only, and lost with it
 * @transport: an A2DP transport of this device exists now
 * @battery_percent: or -1
 *
 * What is known of one device at one moment. A plain value: copy it freely.
 * Source: org.bluez.Device1; see docs/architecture.md, "Detection".
 */
typedef struct {
  guint id;
  char address[18];
  gboolean address_public;
  char name[HOLDFAST_NAME_SIZE];
  guint32 class_of_device;
  gboolean has_rssi;
  gint16 rssi;
  HoldfastServices services;
  int fast_pair_bytes;
  int advertising_flags;
  guint16 vendor;
  guint16 product;
  gboolean paired;
  gboolean unstored;
  gboolean trusted;
  gboolean blocked;
  gboolean connected;
  gboolean transport;
  int battery_percent;
} HoldfastSighting;

/**
 * HoldfastPresence:
 *
 * What one sighting means for the headset that is looked for.
 */
typedef enum {
  HOLDFAST_PRESENCE_NONE,        /* nothing to do with headphones, or only remembered */
  HOLDFAST_PRESENCE_NAMELESS,    /* audio, in pairing mode, name not told yet (up to 3 s late) */
  HOLDFAST_PRESENCE_IMPOSTOR,    /* has the name but is a keyboard, or no audio thing at all */
  HOLDFAST_PRESENCE_HINT,        /* LE side only: it is on, but not in pairing mode yet */
  HOLDFAST_PRESENCE_READY,       /* matches, and is in pairing mode */
  HOLDFAST_PRESENCE_OTHER_SONY,  /* in pairing mode, another model of the catalogue */
  HOLDFAST_PRESENCE_OTHER_AUDIO, /* in pairing mode, audio, matches no model */
} HoldfastPresence;

/**
 * holdfast_sighting_judge:
 * @self: a sighting
 * @catalogue: for names and product ids
 * @wanted: (nullable): the model looked for; NULL for any. A family's stand-in matches every model
 *   of that family
 * @ret_model: (out) (optional) (nullable) (transfer none): the model it seems to be
 *
 * Judges by Class, UUIDs and address type; by name only which model it is. Pure.
 *
 * Pairing mode is certain when a classic device answers inquiry (RSSI and Class), with Fast Pair
 * data of exactly 3 bytes, or with LE flags that say discoverable; the latter two count only for
 * objects that also carry the classic side (Class or A2DP), whatever their name says.
 */
HoldfastPresence holdfast_sighting_judge (const HoldfastSighting *self,
                                          HoldfastCatalogue *catalogue,
                                          HoldfastHeadset *wanted,
                                          HoldfastHeadset **ret_model);

/**
 * holdfast_sighting_is_model:
 * @self: a sighting, of a device that is only remembered too
 * @wanted: a model; a family's stand-in matches every model of that family
 *
 * Whether this is a headset of that model, in pairing mode or not. A keyboard with a headset's
 * name is none.
 */
gboolean holdfast_sighting_is_model (const HoldfastSighting *self,
                                     HoldfastCatalogue *catalogue,
                                     HoldfastHeadset *wanted);

/**
 * holdfast_sighting_guess_headset:
 * @self: a sighting, of a device that is only remembered too
 *
 * What a person may be told of these headphones, and offered to do with them: the model; for Sony's
 * headphones that the catalogue does not have, the stand-in of the family that their name begins
 * like. Speakers, car radios and keyboards are no headphones, whoever made them, and an entry for
 * the low-energy side alone plays no music.
 *
 * Returns: (transfer none) (nullable): NULL if it is not a pair of Sony's headphones
 */
HoldfastHeadset *holdfast_sighting_guess_headset (const HoldfastSighting *self,
                                                  HoldfastCatalogue *catalogue);

/** Copies a name of any origin into @self: invalid UTF-8 mended, cut to fit at a character's edge.
 */
void holdfast_sighting_set_name (HoldfastSighting *self, const char *name);

G_END_DECLS
