/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "output-private.h"

struct _HoldfastOutput {
  GObject parent_instance;

  guint32 index;
  char *name;
  char *description;
  char *address;
  char *codec;
  HoldfastProfile profile;
  gboolean own_device;
  gboolean muted;
  guint volume_percent;
};

enum {
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (HoldfastOutput, holdfast_output, G_TYPE_OBJECT)

static void
holdfast_output_finalize (GObject *object)
{
  HoldfastOutput *self = HOLDFAST_OUTPUT (object);

  g_free (self->name);
  g_free (self->description);
  g_free (self->address);
  g_free (self->codec);

  G_OBJECT_CLASS (holdfast_output_parent_class)->finalize (object);
}

static void
holdfast_output_class_init (HoldfastOutputClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = holdfast_output_finalize;

  signals[CHANGED] = g_signal_new (
      "changed", HOLDFAST_TYPE_OUTPUT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
holdfast_output_init (HoldfastOutput *self)
{
}

HoldfastOutput *
holdfast_output_new (guint32 index)
{
  HoldfastOutput *self = g_object_new (HOLDFAST_TYPE_OUTPUT, NULL);

  self->index = index;
  return self;
}

guint32
holdfast_output_get_index (HoldfastOutput *self)
{
  return self->index;
}

/* PipeWire says "api.bluez5.address"; PulseAudio says the same in "device.string", for devices
 * whose "device.api" is "bluez". Anything but six pairs of hexadecimal digits is no address. */
static char *
read_address (pa_proplist *properties)
{
  const char *text = pa_proplist_gets (properties, "api.bluez5.address");

  if (text == NULL && g_strcmp0 (pa_proplist_gets (properties, "device.api"), "bluez") == 0)
    text = pa_proplist_gets (properties, PA_PROP_DEVICE_STRING);
  if (text == NULL || strlen (text) != 17)
    return NULL;
  for (guint i = 0; i < 17; i++)
    if (i % 3 == 2 ? text[i] != ':' : !g_ascii_isxdigit (text[i]))
      return NULL;
  return g_ascii_strup (text, -1);
}

static HoldfastProfile
read_profile (pa_proplist *properties, gboolean has_address)
{
  const char *text = pa_proplist_gets (properties, "api.bluez5.profile");

  if (text == NULL)
    text = pa_proplist_gets (properties, "bluetooth.protocol");
  if (text == NULL)
    return has_address ? HOLDFAST_PROFILE_OTHER : HOLDFAST_PROFILE_NONE;
  if (strstr (text, "a2dp") != NULL)
    return HOLDFAST_PROFILE_MUSIC;
  if (g_str_has_prefix (text, "headset") || g_str_has_prefix (text, "handsfree"))
    return HOLDFAST_PROFILE_CALL;
  return HOLDFAST_PROFILE_OTHER;
}

/* What mixes or forwards sound has no device behind it. */
static gboolean
read_own_device (pa_proplist *properties)
{
  const char *api = pa_proplist_gets (properties, PA_PROP_DEVICE_API);
  const char *bus = pa_proplist_gets (properties, PA_PROP_DEVICE_BUS);

  return api != NULL && !g_str_has_prefix (api, "bluez") && g_strcmp0 (bus, "bluetooth") != 0
         && pa_proplist_gets (properties, "api.bluez5.address") == NULL;
}

static const char *
read_codec (pa_proplist *properties)
{
  const char *text = pa_proplist_gets (properties, "api.bluez5.codec");

  return text != NULL ? text : pa_proplist_gets (properties, "bluetooth.codec");
}

void
holdfast_output_update (HoldfastOutput *self, const pa_sink_info *info)
{
  g_autofree char *address = read_address (info->proplist);
  HoldfastProfile profile = read_profile (info->proplist, address != NULL);
  guint volume_percent = (guint) (pa_cvolume_max (&info->volume) * 100.0 / PA_VOLUME_NORM + 0.5);
  gboolean changed = FALSE;

  changed |= g_set_str (&self->name, info->name);
  changed |= g_set_str (&self->description, info->description);
  changed |= g_set_str (&self->address, address);
  changed |= g_set_str (&self->codec, read_codec (info->proplist));
  changed |= self->profile != profile || self->muted != (info->mute != 0)
             || self->volume_percent != volume_percent
             || self->own_device != read_own_device (info->proplist);
  self->profile = profile;
  self->own_device = read_own_device (info->proplist);
  self->muted = info->mute != 0;
  self->volume_percent = volume_percent;
  if (changed)
    g_signal_emit (self, signals[CHANGED], 0);
}

const char *
holdfast_output_get_name (HoldfastOutput *self)
{
  g_return_val_if_fail (HOLDFAST_IS_OUTPUT (self), NULL);

  return self->name;
}

const char *
holdfast_output_get_description (HoldfastOutput *self)
{
  g_return_val_if_fail (HOLDFAST_IS_OUTPUT (self), NULL);

  return self->description;
}

const char *
holdfast_output_get_address (HoldfastOutput *self)
{
  g_return_val_if_fail (HOLDFAST_IS_OUTPUT (self), NULL);

  return self->address;
}

gboolean
holdfast_output_is_own_device (HoldfastOutput *self)
{
  g_return_val_if_fail (HOLDFAST_IS_OUTPUT (self), FALSE);

  return self->own_device;
}

HoldfastProfile
holdfast_output_get_profile (HoldfastOutput *self)
{
  g_return_val_if_fail (HOLDFAST_IS_OUTPUT (self), HOLDFAST_PROFILE_NONE);

  return self->profile;
}

const char *
holdfast_output_get_codec (HoldfastOutput *self)
{
  g_return_val_if_fail (HOLDFAST_IS_OUTPUT (self), NULL);

  return self->codec;
}

gboolean
holdfast_output_get_muted (HoldfastOutput *self)
{
  g_return_val_if_fail (HOLDFAST_IS_OUTPUT (self), FALSE);

  return self->muted;
}

guint
holdfast_output_get_volume_percent (HoldfastOutput *self)
{
  g_return_val_if_fail (HOLDFAST_IS_OUTPUT (self), 0);

  return self->volume_percent;
}
