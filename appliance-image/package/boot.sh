#!/bin/bash
# boot.sh ROOT: becomes process 1 of the Debian system in ROOT. For `test`, which gives it namespaces of its own: of processes,
# mounts, cgroups, the network, names and IPC. Devices are a few of the machine's, on a file system of its own.
set -e
root=$1
mount --make-rprivate /
mount --bind "$root" "$root"
cd "$root"
mount -t proc proc proc
mount -t sysfs sysfs sys
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs tmpfs tmp
mount -t tmpfs -o mode=755 tmpfs dev
mkdir -p dev/net dev/pts dev/shm sys/fs/cgroup
for device in null zero full random urandom tty net/tun; do
    touch "dev/$device"
    mount --bind "/dev/$device" "dev/$device"
done
mount -t devpts -o newinstance,ptmxmode=666,mode=620 devpts dev/pts
ln -s pts/ptmx dev/ptmx
mount -t tmpfs tmpfs dev/shm
mount -t cgroup2 cgroup2 sys/fs/cgroup
exec env -i container=sluice-test PATH=/usr/sbin:/usr/bin:/sbin:/bin chroot . /lib/systemd/systemd
