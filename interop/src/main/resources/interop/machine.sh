#!/bin/sh
# The first process of a machine: machine.sh NAME DIRECTORY ADDRESS/PREFIX...
# Everything volatile (/run, shared memory) is fresh, what corosync and pacemaker keep is below
# DIRECTORY. Says "booting", waits for the line that the cables are in, then says "ready".
set -e
name=$1 directory=$2
shift 2
mount -t proc -o nosuid,nodev,noexec proc /proc
mount -t sysfs -o nosuid,nodev,noexec sysfs /sys
mount -t tmpfs -o nosuid,nodev,mode=755 tmpfs /run
mount -t tmpfs -o nosuid,nodev tmpfs /dev/shm
mkdir -p /run/lock/subsys /run/resource-agents
chmod 1777 /run/lock
for each in /etc/corosync /var/lib/corosync /var/lib/pacemaker /etc/pacemaker /var/log; do
  [ -d "$each" ] || continue
  mkdir -p "$directory$each"
  case $each in
    *pacemaker) cp -aT "$each" "$directory$each" ;;
  esac
  mount --bind "$directory$each" "$each"
done
# State of a pacemaker of this host is none of this machine's.
rm -rf /var/lib/pacemaker/cib/* /var/lib/pacemaker/pengine/* 2>/dev/null || :
mkdir -p /var/log/corosync /var/log/pacemaker /var/log/cluster
chown hacluster:haclient /var/log/pacemaker 2>/dev/null || :
mount --bind "$directory/hosts" /etc/hosts
hostname "$name"
ip link set lo up
echo booting
read -r line
link=0
for address; do
  case $address in
    # Its twin is not looked for, which would take a second.
    *:*) ip addr add "$address" dev "eth$link" nodad ;;
    *) ip addr add "$address" broadcast + dev "eth$link" ;;
  esac
  ip link set "eth$link" up
  link=$((link + 1))
done
echo ready
# No descriptor of the program may stay open here.
exec </dev/null >/dev/null 2>&1
# A shell that waits for a child reaps strangers, too.
while :; do sleep 3600; done
