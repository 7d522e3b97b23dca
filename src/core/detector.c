/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "detector.h"

#include <string.h>

#define MAX_ENTRIES 512
#define MAX_CANDIDATES 8

/* What leaves pairing mode and is back this soon was only not heard for a moment. */
#define AWAY_US (10 * G_USEC_PER_SEC)

/* Values above are "unknown": 127 in the specification. */
#define MAX_RSSI 20
#define NO_RSSI (-127)

/**
 * Entry:
 * @sighting: the last one
 * @here: FALSE once the radio no longer knows it: what stays is the memory of an address
 * @first_us: when it was first in pairing mode, -1 if it never was
 * @left_us: when it was seen to have left pairing mode, -1 while it is in it
 * @best_rssi: the strongest since @first_us: a headset in a hand swings by more than 10 dB
 * @was_paired: this computer held a key for it
 * @refused: "not mine"
 * @is_twin: the LE object of a headset whose classic object is here; see mark_twins()
 *
 * One address. Ids change whenever BlueZ drops an object and sees it again; addresses stay.
 */
typedef struct {
  HoldfastSighting sighting;
  HoldfastPresence presence;
  gboolean here;
  gint64 first_us;
  gint64 left_us;
  int best_rssi;
  gboolean was_paired;
  gboolean refused;
  gboolean is_twin;
} Entry;

struct _HoldfastDetector {
  HoldfastCatalogue *catalogue;
  HoldfastHeadset *wanted;
  GPtrArray *entries;     /* of Entry */
  GHashTable *by_id;      /* id to Entry, those that are here */
  GHashTable *by_address; /* address to Entry */
  gint64 last_us;
  gint64 hold_ended_us; /* -1 while it goes on */
};

gboolean
holdfast_verdict_equal (const HoldfastVerdict *a, const HoldfastVerdict *b)
{
  return a->kind == b->kind && a->device == b->device && a->n_candidates == b->n_candidates
         && a->paired == b->paired && a->blocked == b->blocked
         && a->new_since_hold == b->new_since_hold && a->familiar == b->familiar;
}

HoldfastDetector *
holdfast_detector_new (HoldfastCatalogue *catalogue, HoldfastHeadset *wanted)
{
  HoldfastDetector *self;

  g_return_val_if_fail (HOLDFAST_IS_CATALOGUE (catalogue), NULL);
  g_return_val_if_fail (wanted == NULL || HOLDFAST_IS_HEADSET (wanted), NULL);

  self = g_new0 (HoldfastDetector, 1);
  self->catalogue = g_object_ref (catalogue);
  self->wanted = wanted != NULL ? g_object_ref (wanted) : NULL;
  self->entries = g_ptr_array_new_with_free_func (g_free);
  self->by_id = g_hash_table_new (NULL, NULL);
  self->by_address = g_hash_table_new (g_str_hash, g_str_equal);
  self->hold_ended_us = -1;
  return self;
}

void
holdfast_detector_free (HoldfastDetector *self)
{
  if (self == NULL)
    return;

  g_hash_table_unref (self->by_address);
  g_hash_table_unref (self->by_id);
  g_ptr_array_unref (self->entries);
  g_clear_object (&self->wanted);
  g_object_unref (self->catalogue);
  g_free (self);
}

static gboolean
is_pairing (HoldfastPresence presence)
{
  return presence == HOLDFAST_PRESENCE_READY || presence == HOLDFAST_PRESENCE_NAMELESS
         || presence == HOLDFAST_PRESENCE_OTHER_SONY || presence == HOLDFAST_PRESENCE_OTHER_AUDIO;
}

static int
get_rssi (const HoldfastSighting *sighting)
{
  if (!sighting->has_rssi || sighting->rssi > MAX_RSSI)
    return NO_RSSI;
  return MAX (sighting->rssi, NO_RSSI);
}

/* What is worth keeping most, when there is no room for all. */
static int
get_rank (const Entry *entry)
{
  int rank;

  if (!entry->here)
    rank = entry->was_paired || entry->refused || entry->first_us >= 0 ? 1 : 0;
  else if (entry->presence == HOLDFAST_PRESENCE_READY)
    rank = 5;
  else if (entry->presence == HOLDFAST_PRESENCE_HINT || entry->was_paired)
    rank = 4;
  else if (is_pairing (entry->presence))
    rank = 3;
  else
    rank = entry->refused ? 2 : 0;
  return rank * 1000 + get_rssi (&entry->sighting);
}

static void
forget_entry (HoldfastDetector *self, guint index)
{
  Entry *entry = g_ptr_array_index (self->entries, index);

  if (entry->here)
    g_hash_table_remove (self->by_id, GUINT_TO_POINTER (entry->sighting.id));
  g_hash_table_remove (self->by_address, entry->sighting.address);
  g_ptr_array_remove_index_fast (self->entries, index);
}

/* Returns: FALSE if all that is kept is worth more than @entry */
static gboolean
make_room (HoldfastDetector *self, const Entry *entry)
{
  guint weakest = 0;
  int weakest_rank = G_MAXINT;

  if (self->entries->len < MAX_ENTRIES)
    return TRUE;
  for (guint i = 0; i < self->entries->len; i++) {
    int rank = get_rank (g_ptr_array_index (self->entries, i));

    if (rank < weakest_rank) {
      weakest = i;
      weakest_rank = rank;
    }
  }
  if (get_rank (entry) <= weakest_rank)
    return FALSE;
  forget_entry (self, weakest);
  return TRUE;
}

static void
leave_pairing (Entry *entry, gint64 now_us)
{
  if (entry->first_us >= 0 && entry->left_us < 0)
    entry->left_us = now_us;
}

static void
update (HoldfastDetector *self, Entry *entry, const HoldfastSighting *sighting, gint64 now_us)
{
  entry->presence = holdfast_sighting_judge (sighting, self->catalogue, self->wanted, NULL);
  entry->sighting = *sighting;
  entry->here = TRUE;
  if (sighting->paired)
    entry->was_paired = TRUE;

  if (!is_pairing (entry->presence)) {
    leave_pairing (entry, now_us);
    return;
  }
  if (entry->first_us < 0 || (entry->left_us >= 0 && now_us - entry->left_us > AWAY_US)) {
    entry->first_us = now_us;
    entry->best_rssi = NO_RSSI;
  }
  entry->left_us = -1;
  entry->best_rssi = MAX (entry->best_rssi, get_rssi (sighting));
}

static void
leave (HoldfastDetector *self, Entry *entry, gint64 now_us)
{
  g_hash_table_remove (self->by_id, GUINT_TO_POINTER (entry->sighting.id));
  entry->here = FALSE;
  entry->presence = HOLDFAST_PRESENCE_NONE;
  leave_pairing (entry, now_us);
}

void
holdfast_detector_observe (HoldfastDetector *self, const HoldfastSighting *sighting, gint64 now_us)
{
  Entry *entry;
  Entry *same_id;

  g_return_if_fail (self != NULL);
  g_return_if_fail (sighting != NULL);
  g_return_if_fail (sighting->id != 0);

  self->last_us = now_us;
  entry = g_hash_table_lookup (self->by_address, sighting->address);
  same_id = g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (sighting->id));
  if (same_id != NULL && same_id != entry)
    leave (self, same_id, now_us); /* its private address was resolved into another one */

  if (entry == NULL) {
    g_autofree Entry *fresh = g_new0 (Entry, 1);

    fresh->first_us = -1;
    fresh->left_us = -1;
    update (self, fresh, sighting, now_us);
    if (!make_room (self, fresh))
      return;
    entry = g_steal_pointer (&fresh);
    g_ptr_array_add (self->entries, entry);
    g_hash_table_insert (self->by_address, entry->sighting.address, entry);
  } else {
    if (entry->here && entry->sighting.id != sighting->id)
      g_hash_table_remove (self->by_id, GUINT_TO_POINTER (entry->sighting.id));
    update (self, entry, sighting, now_us);
  }
  g_hash_table_insert (self->by_id, GUINT_TO_POINTER (sighting->id), entry);
}

void
holdfast_detector_lose (HoldfastDetector *self, guint device, gint64 now_us)
{
  Entry *entry;

  g_return_if_fail (self != NULL);

  self->last_us = now_us;
  entry = g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (device));
  if (entry != NULL)
    leave (self, entry, now_us);
}

void
holdfast_detector_refuse (HoldfastDetector *self, guint device)
{
  Entry *entry;

  g_return_if_fail (self != NULL);

  entry = g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (device));
  if (entry != NULL)
    entry->refused = TRUE;
}

void
holdfast_detector_reset (HoldfastDetector *self)
{
  g_return_if_fail (self != NULL);

  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);

    if (entry->here)
      leave (self, entry, self->last_us);
  }
}

/* "LE_WH-1000XM4" and "WH-1000XM4" may be two objects of one headset. */
static const char *
get_plain_name (const Entry *entry)
{
  const char *name = entry->sighting.name;

  return holdfast_name_is_low_energy_twin (name) ? name + strlen ("LE_") : name;
}

/* The twin carries no class; the object of the classic side is the one that plays music. Two that
 * both have a class are two headsets, even with one name. */
static void
mark_twins (HoldfastDetector *self)
{
  g_autoptr (GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *entry = g_ptr_array_index (self->entries, i);

    if (entry->presence == HOLDFAST_PRESENCE_READY && entry->sighting.class_of_device != 0)
      g_hash_table_add (names, g_ascii_strdown (get_plain_name (entry), -1));
  }
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = g_ptr_array_index (self->entries, i);

    entry->is_twin = FALSE;
    if (entry->presence == HOLDFAST_PRESENCE_READY && entry->sighting.class_of_device == 0) {
      g_autofree char *name = g_ascii_strdown (get_plain_name (entry), -1);

      entry->is_twin = g_hash_table_contains (names, name);
    }
  }
}

static gboolean
is_new (const Entry *entry, gint64 hold_began_us)
{
  return hold_began_us >= 0 && entry->first_us >= hold_began_us;
}

/* A neighbour has all of the time afterwards to make theirs ready; only the hold itself is short.
 */
static gboolean
is_late (const HoldfastDetector *self, const Entry *entry)
{
  return self->hold_ended_us >= 0 && entry->first_us > self->hold_ended_us + HOLDFAST_AFTER_HOLD_US;
}

static gboolean
is_near (const Entry *entry)
{
  return entry->best_rssi >= HOLDFAST_NEAR_DBM;
}

static gboolean
is_ready (const Entry *entry)
{
  return entry->presence == HOLDFAST_PRESENCE_READY && !entry->refused && !entry->is_twin;
}

/* Nothing is asked about it, but it is one more headset of this kind in the room: that it is not
 * theirs does not make the other one theirs. */
static gboolean
is_refused_ready (const Entry *entry)
{
  return entry->presence == HOLDFAST_PRESENCE_READY && entry->refused && !entry->is_twin;
}

/* Something of a kind that was not looked for: near, since the hold, and it has had the time to
 * tell its name. @ret_next_us: when that time is over. */
static gboolean
is_offer (const Entry *entry, gint64 hold_began_us, gint64 now_us, gint64 *ret_next_us)
{
  gint64 told_us = entry->first_us + HOLDFAST_NAME_DELAY_US;

  if (entry->refused || !is_pairing (entry->presence) || entry->presence == HOLDFAST_PRESENCE_READY
      || !is_new (entry, hold_began_us) || !is_near (entry))
    return FALSE;
  if (entry->presence == HOLDFAST_PRESENCE_NAMELESS && now_us < told_us) {
    *ret_next_us = MIN (*ret_next_us, told_us);
    return FALSE;
  }
  return TRUE;
}

/* Nearer first; the new ones before those that were there before. */
static gboolean
is_better (const Entry *entry, const Entry *best, gint64 hold_began_us)
{
  if (best == NULL)
    return TRUE;
  if (is_new (entry, hold_began_us) != is_new (best, hold_began_us))
    return is_new (entry, hold_began_us);
  return get_rssi (&entry->sighting) > get_rssi (&best->sighting);
}

static void
tell (HoldfastVerdict *verdict,
      HoldfastVerdictKind kind,
      const Entry *entry,
      guint n_candidates,
      gint64 hold_began_us)
{
  verdict->kind = kind;
  verdict->device = entry->sighting.id;
  verdict->n_candidates = n_candidates;
  verdict->paired = entry->sighting.paired;
  verdict->blocked = entry->sighting.blocked;
  verdict->new_since_hold = is_new (entry, hold_began_us);
  verdict->familiar = entry->was_paired && !entry->sighting.paired;
}

void
holdfast_detector_set_hold_ended (HoldfastDetector *self, gint64 ended_us)
{
  g_return_if_fail (self != NULL);

  self->hold_ended_us = ended_us;
}

gint64
holdfast_detector_judge (HoldfastDetector *self,
                         gint64 hold_began_us,
                         gint64 now_us,
                         HoldfastVerdict *ret_verdict)
{
  const Entry *ready = NULL;
  const Entry *offer = NULL;
  const Entry *hint = NULL;
  guint n_ready = 0;
  guint n_refused = 0;
  guint n_offers = 0;
  gint64 next_us = G_MAXINT64;

  g_return_val_if_fail (self != NULL, G_MAXINT64);
  g_return_val_if_fail (ret_verdict != NULL, G_MAXINT64);

  mark_twins (self);
  *ret_verdict = (HoldfastVerdict) { .kind = HOLDFAST_VERDICT_NOTHING };
  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *entry = g_ptr_array_index (self->entries, i);

    if (is_refused_ready (entry)) {
      n_refused++;
    } else if (is_ready (entry)) {
      n_ready++;
      if (is_better (entry, ready, hold_began_us))
        ready = entry;
    } else if (is_offer (entry, hold_began_us, now_us, &next_us)) {
      n_offers++;
      if (is_better (entry, offer, hold_began_us))
        offer = entry;
    } else if (entry->presence == HOLDFAST_PRESENCE_HINT && !entry->refused && hint == NULL) {
      hint = entry;
    }
  }

  if (ready != NULL) {
    gboolean certain = n_ready == 1 && n_refused == 0 && is_new (ready, hold_began_us)
                       && !is_late (self, ready) && is_near (ready);

    tell (ret_verdict,
          certain ? HOLDFAST_VERDICT_CERTAIN : HOLDFAST_VERDICT_ASK,
          ready,
          n_ready,
          hold_began_us);
    return G_MAXINT64;
  }
  if (offer != NULL)
    tell (ret_verdict, HOLDFAST_VERDICT_OFFER, offer, n_offers, hold_began_us);
  else if (hint != NULL)
    tell (ret_verdict, HOLDFAST_VERDICT_HINT, hint, 1, hold_began_us);
  return next_us;
}

static int
compare_nearness (gconstpointer a, gconstpointer b)
{
  const HoldfastSighting *one = a;
  const HoldfastSighting *other = b;

  return get_rssi (other) - get_rssi (one);
}

GArray *
holdfast_detector_get_candidates (HoldfastDetector *self, gint64 hold_began_us, gint64 now_us)
{
  GArray *candidates;
  GArray *offers;
  gint64 next_us = G_MAXINT64;

  g_return_val_if_fail (self != NULL, NULL);

  mark_twins (self);
  candidates = g_array_new (FALSE, FALSE, sizeof (HoldfastSighting));
  offers = g_array_new (FALSE, FALSE, sizeof (HoldfastSighting));
  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *entry = g_ptr_array_index (self->entries, i);

    if (is_ready (entry))
      g_array_append_val (candidates, entry->sighting);
    else if (is_offer (entry, hold_began_us, now_us, &next_us))
      g_array_append_val (offers, entry->sighting);
  }
  if (candidates->len == 0) {
    g_array_unref (candidates);
    candidates = offers;
  } else {
    g_array_unref (offers);
  }
  g_array_sort (candidates, compare_nearness);
  if (candidates->len > MAX_CANDIDATES)
    g_array_set_size (candidates, MAX_CANDIDATES);
  return candidates;
}

const HoldfastSighting *
holdfast_detector_find (HoldfastDetector *self, guint device)
{
  const Entry *entry;

  g_return_val_if_fail (self != NULL, NULL);

  entry = g_hash_table_lookup (self->by_id, GUINT_TO_POINTER (device));
  return entry != NULL ? &entry->sighting : NULL;
}
