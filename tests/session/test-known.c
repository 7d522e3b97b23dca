/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two pairs of one model are known here: the one that the person chose is connected. */

#include "config.h"

#include "fake-radio.h"
#include "holdfast-test.h"
#include "session.h"

#define FIRST 1
#define SECOND 2

static void
put (HoldfastFakeRadio *radio, guint id, const char *address, gboolean connected)
{
  HoldfastSighting sighting = {
    .id = id,
    .class_of_device = 0x240404,
    .services = HOLDFAST_SERVICE_A2DP_SINK,
    .fast_pair_bytes = -1,
    .advertising_flags = -1,
    .paired = TRUE,
    .trusted = TRUE,
    .connected = connected,
    .battery_percent = -1,
  };

  g_strlcpy (sighting.address, address, sizeof sighting.address);
  holdfast_sighting_set_name (&sighting, "WH-1000XM4");
  holdfast_fake_radio_put (radio, &sighting);
}

/* Returns whom the session connects. */
static guint
connect_known (const char *address, gboolean first_is_connected)
{
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (NULL);
  g_autoptr (HoldfastClock) clock = holdfast_manual_clock_new ();
  HoldfastFakeRadio *radio = holdfast_fake_radio_new ();
  HoldfastSession *session = NULL;
  guint connecting = 0;

  put (radio, FIRST, "38:18:4C:00:00:01", first_is_connected);
  put (radio, SECOND, "38:18:4C:00:00:02", FALSE);
  session = holdfast_session_new (
      catalogue, holdfast_catalogue_find (catalogue, "wh-1000xm4"), HOLDFAST_RADIO (radio), clock);
  holdfast_session_set_known_address (session, address);
  holdfast_session_send (session, HOLDFAST_EVENT_BEGIN);
  g_assert_cmpint (holdfast_session_get_state (session), ==, HOLDFAST_STATE_KNOWN);
  holdfast_session_send (session, HOLDFAST_EVENT_CONTINUE);
  g_assert_cmpint (holdfast_session_get_state (session), ==, HOLDFAST_STATE_CONNECT);
  connecting = holdfast_fake_radio_get_connecting (radio);
  holdfast_session_send (session, HOLDFAST_EVENT_CANCEL);
  holdfast_test_settle ();
  holdfast_test_assert_finalize (session);
  holdfast_test_assert_finalize (radio);
  return connecting;
}

static void
test_chosen (void)
{
  g_assert_cmpuint (connect_known (NULL, FALSE), ==, FIRST);
  g_assert_cmpuint (connect_known ("38:18:4C:00:00:02", FALSE), ==, SECOND);
  g_assert_cmpuint (connect_known ("38:18:4C:00:00:02", TRUE), ==, SECOND);
}

/* One that went away in the meantime is not replaced by the other. */
static void
test_not_replaced (void)
{
  g_autoptr (HoldfastCatalogue) catalogue = holdfast_catalogue_new (NULL);
  g_autoptr (HoldfastClock) clock = holdfast_manual_clock_new ();
  HoldfastFakeRadio *radio = holdfast_fake_radio_new ();
  HoldfastSession *session = NULL;

  put (radio, FIRST, "38:18:4C:00:00:01", FALSE);
  session = holdfast_session_new (
      catalogue, holdfast_catalogue_find (catalogue, "wh-1000xm4"), HOLDFAST_RADIO (radio), clock);
  holdfast_session_set_known_address (session, "38:18:4C:00:00:02");
  holdfast_session_send (session, HOLDFAST_EVENT_BEGIN);
  g_assert_cmpint (holdfast_session_get_state (session), ==, HOLDFAST_STATE_GET_READY);
  holdfast_session_send (session, HOLDFAST_EVENT_CANCEL);
  holdfast_test_settle ();
  holdfast_test_assert_finalize (session);
  holdfast_test_assert_finalize (radio);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/session/known/chosen", test_chosen);
  g_test_add_func ("/session/known/not-replaced", test_not_replaced);
  return g_test_run ();
}
