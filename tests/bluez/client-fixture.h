/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "client.h"
#include "fake-bluez.h"

G_BEGIN_DECLS

/**
 * Fixture:
 *
 * A client with a fake BlueZ at the other end of a socket pair. @log gets a line of words from the
 * client's signals: "sighted(WH-1000XM4) changed(...) removed(...) disconnected(...,reason) ".
 */
typedef struct {
  FakeBluez *fake;
  GDBusConnection *connection;
  HoldfastClient *client;
  GString *log;
} Fixture;

/** The connection, the fake with one adapter, no client yet. */
void fixture_set_up (Fixture *self, gconstpointer data);
/** The same, and a client that is ready. */
void fixture_set_up_client (Fixture *self, gconstpointer data);
/** Fails if anything keeps the client. */
void fixture_tear_down (Fixture *self, gconstpointer data);

void fixture_new_client (Fixture *self);

/** Waits until each end has got all that the other has sent so far. */
void fixture_sync (Fixture *self);

/** Returns: (transfer none): the one device with that path, in the list or not; fails without */
HoldfastDevice *fixture_get_device (Fixture *self, const char *path);

/** Waits for the result and fails on any error; frees the result. */
#define fixture_finish(self, result, what)                                                         \
  fixture_finish_error (self, result, NULL, what, __FILE__, __LINE__)
/** @error_name: remote name of the error it must have */
#define fixture_finish_with(self, result, error_name, what)                                        \
  fixture_finish_error (self, result, error_name, what, __FILE__, __LINE__)
void fixture_finish_error (Fixture *self,
                           GAsyncResult **result,
                           const char *error_name,
                           const char *what,
                           const char *file,
                           int line);

G_END_DECLS
