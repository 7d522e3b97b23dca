/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "sighting.h"

G_BEGIN_DECLS

/** Nearer than this goes on without a question; in dBm. */
#define HOLDFAST_NEAR_DBM (-65)
/** How long a name may come after its device; in microseconds. */
#define HOLDFAST_NAME_DELAY_US (3 * G_USEC_PER_SEC)
/** How long after a hold what it woke is heard at the latest, slow fingers included; in
 * microseconds. */
#define HOLDFAST_AFTER_HOLD_US (5 * G_USEC_PER_SEC)

typedef enum {
  HOLDFAST_VERDICT_NOTHING,
  HOLDFAST_VERDICT_HINT,    /* "your headset is on, but not in pairing mode yet" */
  HOLDFAST_VERDICT_CERTAIN, /* the person's own: first seen in or just after the hold, alone, near
                             */
  HOLDFAST_VERDICT_ASK,     /* "Is this yours?" */
  HOLDFAST_VERDICT_OFFER,   /* 'Something appeared: "Bob's cans". Is it yours?' */
} HoldfastVerdictKind;

/**
 * HoldfastVerdict:
 * @kind: what is to be done
 * @device: id of the device meant (the nearest candidate for ASK); 0 for NOTHING
 * @n_candidates: how many devices the question is about
 * @paired: this computer already holds a key for @device: in pairing mode, so the key is stale
 * @blocked: @device is blocked on this computer
 * @new_since_hold: @device was first in pairing mode at or after the hold began
 * @familiar: this computer held a key for @device's address when it was observed earlier, and holds
 *   none now: the same headset after its pairing was removed
 */
typedef struct {
  HoldfastVerdictKind kind;
  guint device;
  guint n_candidates;
  gboolean paired;
  gboolean blocked;
  gboolean new_since_hold;
  gboolean familiar;
} HoldfastVerdict;

/** Whether two verdicts say the same, in every field. */
gboolean holdfast_verdict_equal (const HoldfastVerdict *a, const HoldfastVerdict *b);

/**
 * HoldfastDetector:
 *
 * Remembers what was sighted and answers whose headset it is. Pure: time is an argument.
 *
 * Bounded: keeps at most 512 devices of which the strongest matching ones survive, so a stadium
 * costs no more than a shop.
 */
typedef struct _HoldfastDetector HoldfastDetector;

HoldfastDetector *holdfast_detector_new (HoldfastCatalogue *catalogue, HoldfastHeadset *wanted);
void holdfast_detector_free (HoldfastDetector *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoldfastDetector, holdfast_detector_free)

/**
 * holdfast_detector_observe:
 * @now_us: monotonic time, in microseconds
 *
 * Takes in one sighting, of a cached or paired device too, and again whenever something about it
 * changed. The first time an address is in pairing mode is remembered: leaving and coming back
 * within 10 s does not make it new.
 */
void
holdfast_detector_observe (HoldfastDetector *self, const HoldfastSighting *sighting, gint64 now_us);

/** The radio no longer knows this device. */
void holdfast_detector_lose (HoldfastDetector *self, guint device, gint64 now_us);

/** "Not mine": its address is never asked about again by this detector. */
void holdfast_detector_refuse (HoldfastDetector *self, guint device);

/**
 * holdfast_detector_reset:
 *
 * Forgets the devices: a new discovery begins. What was refused stays refused, what had a pairing
 * stays familiar, and an address that was in pairing mode before does not become new by this.
 */
void holdfast_detector_reset (HoldfastDetector *self);

/**
 * holdfast_detector_set_hold_ended:
 * @ended_us: when the hold that is judged by was over; -1 while it goes on
 *
 * What first enters pairing mode long after nobody holds any more did not do so because of the
 * hold: it is asked about, however near and alone it is.
 */
void holdfast_detector_set_hold_ended (HoldfastDetector *self, gint64 ended_us);

/**
 * holdfast_detector_judge:
 * @hold_began_us: of HoldfastMachine: when the person began this hold, or -1 if none was begun
 * @now_us: monotonic time, in microseconds
 * @ret_verdict: (out): filled in
 *
 * Says what the sightings so far mean.
 *
 * CERTAIN needs all of: exactly one device is READY, refused ones counted, first sighted in pairing
 * mode at or after @hold_began_us, and -65 dBm or stronger at least once. READY in any other case
 * is ASK; of several the nearest of the new ones is meant. With none READY, an audio device first
 * seen in pairing mode after the hold began, near, and nameless for 3 s, of no known model or of
 * another one than was chosen, is OFFER. LE entries of one headset are merged with its classic one.
 *
 * Returns: the time at which the answer may change by itself, G_MAXINT64 if never
 */
gint64 holdfast_detector_judge (HoldfastDetector *self,
                                gint64 hold_began_us,
                                gint64 now_us,
                                HoldfastVerdict *ret_verdict);

/**
 * holdfast_detector_get_candidates:
 *
 * Returns: (transfer full) (element-type HoldfastSighting): READY devices, nearest first, at most
 * 8; if none, the one of OFFER
 */
GArray *
holdfast_detector_get_candidates (HoldfastDetector *self, gint64 hold_began_us, gint64 now_us);

/** Returns: (transfer none) (nullable): the last sighting of a device that is still known */
const HoldfastSighting *holdfast_detector_find (HoldfastDetector *self, guint device);

G_END_DECLS
