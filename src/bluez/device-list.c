/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "device-list.h"

struct _HoldfastDeviceList {
  GObject parent_instance;

  HoldfastClock *clock;
  guint alarm;
  GPtrArray *devices;
  GHashTable *leaving; /* set of HoldfastDevice, each still in devices */
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (HoldfastDeviceList,
                               holdfast_device_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* One pass and one signal, however many leave: from the first that leaves to the last. */
static void
leave_cb (gpointer user_data)
{
  HoldfastDeviceList *self = user_data;
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->devices);
  guint first = before->len;
  guint last = 0;

  self->alarm = 0;
  self->devices = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < before->len; i++) {
    HoldfastDevice *device = g_ptr_array_index (before, i);

    if (g_hash_table_contains (self->leaving, device)) {
      first = MIN (first, i);
      last = i;
    } else {
      g_ptr_array_add (self->devices, g_object_ref (device));
    }
  }
  g_hash_table_remove_all (self->leaving);

  if (first < before->len) {
    guint removed = last - first + 1;

    g_list_model_items_changed (
        G_LIST_MODEL (self), first, removed, self->devices->len - (before->len - removed));
  }
}

static GType
holdfast_device_list_get_item_type (GListModel *model)
{
  return HOLDFAST_TYPE_DEVICE;
}

static guint
holdfast_device_list_get_n_items (GListModel *model)
{
  return HOLDFAST_DEVICE_LIST (model)->devices->len;
}

static gpointer
holdfast_device_list_get_item (GListModel *model, guint position)
{
  HoldfastDeviceList *self = HOLDFAST_DEVICE_LIST (model);

  if (position >= self->devices->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->devices, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = holdfast_device_list_get_item_type;
  iface->get_n_items = holdfast_device_list_get_n_items;
  iface->get_item = holdfast_device_list_get_item;
}

static void
holdfast_device_list_finalize (GObject *object)
{
  HoldfastDeviceList *self = HOLDFAST_DEVICE_LIST (object);

  holdfast_clock_clear_alarm (self->clock, &self->alarm);
  g_object_unref (self->clock);
  g_hash_table_unref (self->leaving);
  g_ptr_array_unref (self->devices);

  G_OBJECT_CLASS (holdfast_device_list_parent_class)->finalize (object);
}

static void
holdfast_device_list_class_init (HoldfastDeviceListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = holdfast_device_list_finalize;
}

static void
holdfast_device_list_init (HoldfastDeviceList *self)
{
  self->devices = g_ptr_array_new_with_free_func (g_object_unref);
  self->leaving = g_hash_table_new (NULL, NULL);
}

HoldfastDeviceList *
holdfast_device_list_new (HoldfastClock *clock)
{
  HoldfastDeviceList *self = g_object_new (HOLDFAST_TYPE_DEVICE_LIST, NULL);

  self->clock = g_object_ref (clock);
  return self;
}

void
holdfast_device_list_add (HoldfastDeviceList *self, HoldfastDevice *device)
{
  g_ptr_array_add (self->devices, g_object_ref (device));
  g_list_model_items_changed (G_LIST_MODEL (self), self->devices->len - 1, 0, 1);
}

void
holdfast_device_list_remove (HoldfastDeviceList *self, HoldfastDevice *device)
{
  g_hash_table_add (self->leaving, device);
  if (!self->alarm)
    self->alarm
        = holdfast_clock_set_alarm (self->clock,
                                    holdfast_clock_get_now_us (self->clock)
                                        + HOLDFAST_DEVICE_LIST_DELAY_MS * G_TIME_SPAN_MILLISECOND,
                                    leave_cb,
                                    self);
}

void
holdfast_device_list_replace (HoldfastDeviceList *self, GPtrArray *devices)
{
  guint before = self->devices->len;

  holdfast_clock_clear_alarm (self->clock, &self->alarm);
  g_hash_table_remove_all (self->leaving);
  g_ptr_array_set_size (self->devices, 0);
  for (guint i = 0; i < devices->len; i++)
    g_ptr_array_add (self->devices, g_object_ref (g_ptr_array_index (devices, i)));
  if (before || devices->len)
    g_list_model_items_changed (G_LIST_MODEL (self), 0, before, devices->len);
}
