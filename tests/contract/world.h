/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * World:
 *
 * The hand that moves the headset: a client of the line protocol in README.md. Waiting for an
 * answer runs the default main context, so that whatever is on the bus goes on meanwhile.
 */
typedef struct _World World;

World *world_new (const char *socket_path, GError **error) G_GNUC_WARN_UNUSED_RESULT;
void world_free (World *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (World, world_free)

/** Returns: TRUE if the world announced every one of the capabilities, separated by spaces */
gboolean world_has (World *self, const char *capabilities);

/** Returns: (transfer full): the answer's line; "error ..." also when none came in time */
char *world_ask (World *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** Like world_ask(); the running test fails unless the answer is "ok". Returns: whether it was */
gboolean world_do (World *self, const char *format, ...) G_GNUC_PRINTF (2, 3);

/** Returns: (transfer full) (nullable): what `state` says about @key; NULL if the world cannot know
 */
char *world_get_state (World *self, const char *key);

/** Returns: the world's time, in microseconds: the computer's, or the one that only `advance` moves
 */
gint64 world_get_now_us (World *self);

/** Moves a clock that stands still on by a little. Returns: FALSE where the clock runs by itself */
gboolean world_advance (World *self);

/** Returns: (transfer full): @text percent-encoded, as one word of the protocol */
char *world_encode (const char *text);

G_END_DECLS
