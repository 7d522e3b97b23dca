#!/usr/bin/python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""build.py [--kernel-deb FILE] - makes the guest image of the rig and prints the folder it is in.

The folder holds `vmlinux` and `initrd.cpio`. Everything comes from Debian packages that are already here: programs
and libraries are copied from this system, the kernel from its package file. No root rights and no network
are needed. An image is kept under $HOLDFAST_RIG_CACHE and made again when one of its inputs changes.
"""
import argparse
import fcntl
import hashlib
import lzma
import os
import re
import shutil
import stat
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
KERNEL_DEB = Path('/var/cache/holdfast/linux-image.deb')
PACKAGES = ['bluez', 'busybox-static', 'dbus-bin', 'dbus-daemon', 'dbus-system-bus-common', 'libc6', 'socat']
PROGRAMS = ['/usr/libexec/bluetooth/bluetoothd', '/usr/bin/btattach', '/usr/bin/btmgmt', '/usr/bin/btmon',
            '/usr/bin/dbus-daemon', '/usr/bin/dbus-send', '/usr/bin/busybox', '/usr/bin/socat']
CONFIGS = ['/usr/share/dbus-1/system.conf', '/usr/share/dbus-1/system.d/bluetooth.conf',
           '/etc/bluetooth/input.conf', '/etc/bluetooth/network.conf']
# In the order of need; what they depend on is found by depmod.
MODULES = ['virtio_net', 'bluetooth', 'rfcomm', 'bnep', 'hidp', 'uhid', 'cmac', 'algif_hash', 'algif_skcipher', 'hci_uart']
MODULE_PARTS = re.compile(r'/kernel/(arch/x86/crypto|crypto|lib|net/(bluetooth|core|rfkill)|drivers/(bluetooth|net/[^/]+$|hid|input)'
                          r'|drivers/char/hw_random|net/6lowpan)')
FOLDERS = ['bin', 'dev', 'etc/bluetooth', 'proc', 'run', 'sys', 'tmp', 'var/lib/bluetooth']
FILES = {
    'etc/group': 'root:x:0:\nmessagebus:x:100:\nbluetooth:x:101:\n',
    'etc/machine-id': '0123456789abcdef0123456789abcdef\n',
    'etc/nsswitch.conf': 'passwd: files\ngroup: files\nhosts: files\n',
    'etc/passwd': 'root:x:0:0:root:/:/bin/sh\nmessagebus:x:100:100::/:/bin/false\n',
}
KEEP_SECONDS = 14 * 86400


class BuildError(Exception):
    """Something is missing or odd; the message says what to do."""


def run(*command, **kwargs):
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True, **kwargs).stdout


class Cpio:
    """Writes the `newc` format, so that neither cpio nor root is needed for files that belong to root."""

    def __init__(self, out):
        self.out, self.count, self.seen = out, 0, set()

    def entry(self, name, mode, data=b''):
        if name in self.seen:
            return
        self.seen.add(name)
        self.count += 1
        encoded = name.encode() + b'\0'
        numbers = (self.count, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(encoded), 0)
        head = b'070701' + b''.join(b'%08x' % n for n in numbers) + encoded
        self.out.write(head + b'\0' * (-len(head) % 4) + data + b'\0' * (-len(data) % 4))

    def folders(self, path):
        """`path` and the folders above it."""
        for parent in reversed([Path(path), *Path(path).parents]):
            if str(parent) != '.':
                self.entry(str(parent), stat.S_IFDIR | 0o755)

    def file(self, path, data, mode=0o644):
        path = str(path).lstrip('/')
        self.folders(Path(path).parent)
        self.entry(path, stat.S_IFREG | mode, data)

    def close(self):
        self.entry('TRAILER!!!', 0)
        self.out.write(b'\0' * (-self.out.tell() % 512))


def libraries(programs):
    """The shared libraries of the programs and the loader, by the paths they are looked up at."""
    found = set()
    for program in programs:
        # ldd fails for a static program, which is an answer, not an error.
        out = subprocess.run(['ldd', program], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, check=False).stdout
        if 'not found' in out:
            raise BuildError(f'{program} lacks a library:\n{out}')
        found.update(re.findall(r'(?:=> |^\s+)(/\S+) \(', out, re.M))
    return sorted(found)


def add_programs(cpio):
    # Debian's merged /usr: /bin and the like are links, except that the image has a real /bin for busybox.
    for link in ('lib', 'lib64'):
        cpio.entry(link, stat.S_IFLNK | 0o777, f'usr/{link}'.encode())
    for path in [*PROGRAMS, *libraries(PROGRAMS)]:
        source = Path(path)
        if not source.exists():
            raise BuildError(f'{path} is not installed')
        target = path if path.startswith('/usr/') else '/usr' + path
        cpio.file(target, source.read_bytes(), 0o755)
    for path in CONFIGS:
        cpio.file(path, Path(path).read_bytes())


def kernel_parts(deb, folder):
    """Unpacks what is needed of the kernel package; returns (vmlinuz, version)."""
    vmlinuz = None
    with subprocess.Popen(['dpkg-deb', '--fsys-tarfile', deb], stdout=subprocess.PIPE) as source:
        with tarfile.open(fileobj=source.stdout, mode='r|') as tar:
            for member in tar:
                if not member.isfile():
                    continue
                name = member.name.removeprefix('./').removeprefix('usr/')
                if name.startswith('boot/vmlinuz-'):
                    vmlinuz = tar.extractfile(member).read()
                elif name.startswith('lib/modules/') and (MODULE_PARTS.search(name) or '/modules.' in name):
                    target = folder / name
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(tar.extractfile(member).read())
    versions = os.listdir(folder / 'lib/modules') if (folder / 'lib/modules').is_dir() else []
    if vmlinuz is None or len(versions) != 1:
        raise BuildError(f'{deb} is not a kernel package')
    return vmlinuz, versions[0]


def kernel_elf(vmlinuz):
    """The ELF file inside the bzImage: it boots by PVH, which spares the guest the slow unpacking."""
    for magic, command in ((b'\x28\xb5\x2f\xfd', ['zstd', '-qdc']), (b'\xfd7zXZ\x00', ['xz', '-dc'])):
        at = vmlinuz.find(magic)
        while at >= 0:
            # Trailing bytes make the unpacker fail after it has written all; the magic number of ELF decides.
            elf = subprocess.run(command, input=vmlinuz[at:], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, check=False).stdout
            if elf[:4] == b'\x7fELF':
                return elf
            at = vmlinuz.find(magic, at + 1)
    raise BuildError('no kernel found inside vmlinuz')


def add_modules(cpio, folder, version):
    subprocess.run(['depmod', '-b', folder, version], check=True, stderr=subprocess.DEVNULL)
    order = []
    for module in MODULES:
        out = run('modprobe', '-d', folder, '-S', version, '--show-depends', module)
        for path in re.findall(r'^insmod (\S+)', out, re.M):
            if path not in order:
                order.append(path)
    names = []
    for path in order:
        data = Path(path).read_bytes()
        name = Path(path).name
        if name.endswith('.xz'):
            # Unpacking in the guest would cost seconds of its start.
            data, name = lzma.decompress(data), name.removesuffix('.xz')
        names.append(name)
        stripped = folder / name
        stripped.write_bytes(data)
        subprocess.run(['strip', '--strip-debug', stripped], check=True)
        cpio.file(f'usr/lib/modules/{name}', stripped.read_bytes())
    cpio.file('usr/lib/modules/order', '\n'.join([*names, '']).encode())


def build(deb, out):
    with tempfile.TemporaryDirectory(dir=out) as scratch:
        folder = Path(scratch)
        vmlinuz, version = kernel_parts(deb, folder)
        (out / 'vmlinux').write_bytes(kernel_elf(vmlinuz))
        with open(out / 'initrd.cpio', 'wb') as file:
            cpio = Cpio(file)
            for path in FOLDERS:
                cpio.folders(path)
            add_programs(cpio)
            add_modules(cpio, folder, version)
            for path, text in FILES.items():
                cpio.file(path, text.encode())
            cpio.file('init', (HERE / 'guest/init').read_bytes(), 0o755)
            cpio.close()
    (out / 'version').write_text(version + '\n')


def find_deb(given):
    candidates = [given] if given else [KERNEL_DEB, *sorted(KERNEL_DEB.parent.glob('linux-image-*.deb'))]
    for path in candidates:
        if path.is_file():
            return path.resolve()
    raise BuildError(f'no kernel package at {candidates[0]}; get one with "apt-get download" of a linux-image package')


def key(deb):
    """Names the image by what goes into it."""
    digest = hashlib.sha256()
    for path in (Path(__file__), HERE / 'guest/init'):
        digest.update(path.read_bytes())
    digest.update(run('dpkg-query', '-W', '-f', '${Package} ${Version} ${Architecture}\n', *PACKAGES).encode())
    digest.update(f'{run("dpkg-deb", "-f", deb, "Package", "Version")}{deb.stat().st_size}'.encode())
    return digest.hexdigest()[:16]


def cache_folder():
    base = os.environ.get('HOLDFAST_RIG_CACHE')
    if base:
        return Path(base)
    return Path(os.environ.get('XDG_CACHE_HOME') or Path.home() / '.cache') / 'holdfast' / 'rig'


def image(given=None, log=sys.stderr):
    """Returns the folder of a ready image, building it when needed."""
    deb = find_deb(given)
    cache = cache_folder()
    cache.mkdir(parents=True, exist_ok=True)
    target = cache / key(deb)
    with open(cache / 'lock', 'w', encoding='ascii') as lock:
        # Held over the build: a second suite that needs the same image waits for it.
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not target.is_dir():
            start = time.monotonic()
            print(f'rig: building the image from {deb.name}', file=log, flush=True)
            for old in cache.glob('new-*'):
                shutil.rmtree(old)
            new = Path(tempfile.mkdtemp(prefix='new-', dir=cache))
            build(deb, new)
            new.rename(target)
            sizes = ', '.join(f'{n} {(target / n).stat().st_size >> 20} MB' for n in ('vmlinux', 'initrd.cpio'))
            print(f'rig: built in {time.monotonic() - start:.0f} s: {sizes}', file=log, flush=True)
        os.utime(target)
        for old in cache.iterdir():
            if old.is_dir() and time.time() - old.stat().st_mtime > KEEP_SECONDS:
                shutil.rmtree(old)
    return target


def main():
    parser = argparse.ArgumentParser(description='Builds the guest image of the rig and prints its folder.')
    parser.add_argument('--kernel-deb', type=Path, help=f'a Debian kernel package (default: {KERNEL_DEB})')
    try:
        print(image(parser.parse_args().kernel_deb))
    except (BuildError, OSError, subprocess.CalledProcessError, tarfile.TarError, lzma.LZMAError) as error:
        sys.exit(f'rig: no image: {error}')


if __name__ == '__main__':
    main()
