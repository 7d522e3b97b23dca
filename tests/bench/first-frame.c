/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long programs take from their start to their first picture on the screen.
 *
 *     first-frame [--picture=FILE] ROUNDS PROGRAM...
 *
 * Starts the programs in turn, ROUNDS times, and prints a line a round: milliseconds, one number a
 * program. It looks from outside, as a compositor does: a window's counter in
 * _NET_WM_SYNC_REQUEST_COUNTER is odd while its program draws a frame and even again once the frame
 * is whole. The programs need not know, and the same is asked of each.
 *
 * --picture writes what the last window had on the screen at that moment (a PPM), to be looked at.
 */

#include <X11/Xatom.h>
#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <X11/extensions/sync.h>
#include <errno.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <sys/pidfd.h>
#include <sys/wait.h>
#include <unistd.h>

#define DEADLINE_MS 60000

typedef struct {
  Display *display;
  Window root;
  Atom counter_property;
  int sync_event;
  const char *picture;
} Watch;

static gint64
find_counter (Watch *watch, Window window)
{
  Atom type = None;
  int format = 0;
  unsigned long n_items = 0;
  unsigned long left = 0;
  unsigned char *data = NULL;
  gint64 counter = None;

  /* The second counter is the one of frames. */
  if (XGetWindowProperty (watch->display,
                          window,
                          watch->counter_property,
                          0,
                          2,
                          False,
                          XA_CARDINAL,
                          &type,
                          &format,
                          &n_items,
                          &left,
                          &data)
          == Success
      && format == 32 && n_items == 2)
    counter = ((long *) (gpointer) data)[1];
  if (data != NULL)
    XFree (data);
  return counter;
}

/* The alarm comes when the counter says 2: the first frame has begun and ended. At once if it has.
 */
static XSyncAlarm
await_first_frame (Watch *watch, gint64 counter)
{
  XSyncAlarmAttributes attributes = {
    .trigger = {
      .counter = (XSyncCounter) counter,
      .value_type = XSyncAbsolute,
      .test_type = XSyncPositiveComparison,
    },
  };

  XSyncIntToValue (&attributes.trigger.wait_value, 2);
  XSyncIntToValue (&attributes.delta, 0);
  return XSyncCreateAlarm (watch->display,
                           XSyncCACounter | XSyncCAValueType | XSyncCAValue | XSyncCATestType
                               | XSyncCADelta,
                           &attributes);
}

static void
save_picture (Watch *watch, Window window)
{
  XWindowAttributes attributes;
  XImage *image = NULL;
  g_autoptr (GString) ppm = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  XGetWindowAttributes (watch->display, window, &attributes);
  image = XGetImage (watch->display,
                     window,
                     0,
                     0,
                     (guint) attributes.width,
                     (guint) attributes.height,
                     AllPlanes,
                     ZPixmap);
  g_string_append_printf (ppm, "P6 %d %d 255\n", attributes.width, attributes.height);
  for (int y = 0; y < attributes.height; y++)
    for (int x = 0; x < attributes.width; x++) {
      unsigned long pixel = XGetPixel (image, x, y);

      g_string_append_c (ppm, (char) (pixel >> 16 & 0xff));
      g_string_append_c (ppm, (char) (pixel >> 8 & 0xff));
      g_string_append_c (ppm, (char) (pixel & 0xff));
    }
  XDestroyImage (image);
  if (!g_file_set_contents (watch->picture, ppm->str, (gssize) ppm->len, &error))
    g_error ("%s", error->message);
}

/* What is started: its number, and a file that can be read once it has ended. */
typedef struct {
  const char *program;
  GPid pid;
  int ended;
} Child;

/* Returns FALSE at the deadline. */
static gboolean
wait_for_any (struct pollfd *files, guint n_files, gint64 until_us)
{
  int ready = 0;

  do {
    gint64 left_us = until_us - g_get_monotonic_time ();

    ready = poll (files, n_files, (int) MAX (left_us / 1000, 0));
  } while (ready < 0 && errno == EINTR);
  return ready > 0;
}

static void
wait_for_event (Watch *watch, Child *child, gint64 until_us)
{
  struct pollfd files[] = {
    { .fd = ConnectionNumber (watch->display), .events = POLLIN },
    { .fd = child->ended,                      .events = POLLIN },
  };

  while (XPending (watch->display) == 0) {
    if (!wait_for_any (files, G_N_ELEMENTS (files), until_us))
      g_error ("waited in vain for the first frame of %s", child->program);
    if (files[1].revents != 0)
      g_error ("%s ended without a frame", child->program);
  }
}

/* Returns when the first frame of whatever window appears now was whole. */
static gint64
await_window (Watch *watch, Child *child)
{
  gint64 until_us = g_get_monotonic_time () + DEADLINE_MS * G_TIME_SPAN_MILLISECOND;
  Window window = None;
  XSyncAlarm alarm = None;

  for (;;) {
    XEvent event;

    wait_for_event (watch, child, until_us);
    XNextEvent (watch->display, &event);
    if (event.type == MapNotify && alarm == None) {
      gint64 counter = find_counter (watch, event.xmap.window);

      if (counter != None) {
        window = event.xmap.window;
        alarm = await_first_frame (watch, counter);
      }
    } else if (event.type == watch->sync_event + XSyncAlarmNotify) {
      gint64 now_us = g_get_monotonic_time ();

      if (((XSyncAlarmNotifyEvent *) &event)->state == XSyncAlarmDestroyed)
        continue;
      if (watch->picture != NULL)
        save_picture (watch, window);
      XSyncDestroyAlarm (watch->display, alarm);
      XSync (watch->display, False);
      return now_us;
    }
  }
}

/* The next one must not find the last one still there. */
static void
stop (Child *child)
{
  struct pollfd file = { .fd = child->ended, .events = POLLIN };
  gint64 until_us = g_get_monotonic_time () + DEADLINE_MS * G_TIME_SPAN_MILLISECOND;

  kill (child->pid, SIGTERM);
  if (!wait_for_any (&file, 1, until_us)) {
    kill (child->pid, SIGKILL);
    g_error ("%s did not end when it was told to", child->program);
  }
  waitpid (child->pid, NULL, 0);
  close (child->ended);
}

/* What a program prints goes where this one's errors go: this one's output is numbers. */
static double
measure (Watch *watch, char *program)
{
  char *argv[] = { program, NULL };
  g_autoptr (GError) error = NULL;
  gint64 began_us = 0;
  gint64 drawn_us = 0;
  Child child = { .program = program };

  XSync (watch->display, True);
  began_us = g_get_monotonic_time ();
  if (!g_spawn_async_with_fds (
          NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &child.pid, -1, 2, -1, &error))
    g_error ("%s", error->message);
  child.ended = pidfd_open (child.pid, 0);
  if (child.ended < 0)
    g_error ("%s cannot be watched: %s", program, g_strerror (errno));
  drawn_us = await_window (watch, &child);
  stop (&child);
  return (double) (drawn_us - began_us) / G_TIME_SPAN_MILLISECOND;
}

/* A window may be gone before it is asked about. */
static int
ignore_error (Display *display, XErrorEvent *error)
{
  return 0;
}

int
main (int argc, char **argv)
{
  Watch watch = { 0 };
  int sync_error = 0;
  int major = 0;
  int minor = 0;
  guint64 rounds = 0;

  if (argc > 1 && g_str_has_prefix (argv[1], "--picture=")) {
    watch.picture = argv[1] + strlen ("--picture=");
    argv++;
    argc--;
  }
  if (argc < 3 || !g_ascii_string_to_unsigned (argv[1], 10, 1, 1000, &rounds, NULL)) {
    g_printerr ("Usage: first-frame [--picture=FILE] ROUNDS PROGRAM...\n");
    return 2;
  }
  watch.display = XOpenDisplay (NULL);
  if (watch.display == NULL || !XSyncQueryExtension (watch.display, &watch.sync_event, &sync_error)
      || !XSyncInitialize (watch.display, &major, &minor)) {
    g_printerr ("first-frame needs an X screen.\n");
    return 1;
  }
  XSetErrorHandler (ignore_error);
  watch.root = DefaultRootWindow (watch.display);
  watch.counter_property = XInternAtom (watch.display, "_NET_WM_SYNC_REQUEST_COUNTER", False);
  XSelectInput (watch.display, watch.root, SubstructureNotifyMask);
  for (guint64 round = 0; round < rounds; round++) {
    for (int i = 2; i < argc; i++)
      g_print ("%s%.2f", i > 2 ? " " : "", measure (&watch, argv[i]));
    g_print ("\n");
  }
  XCloseDisplay (watch.display);
  return 0;
}
