# Makes the Debian package of a tree that appliance-image/package/build has laid out. Sourced by it (bash).

# debian_package TREE VERSION OUT. A snapshot comes before its release: 0.1.0~snapshot.
debian_package() {
    local tree=$1 version=${2/-SNAPSHOT/\~snapshot} out=$3
    local root=$out/deb
    local doc=$root/usr/share/doc/sluice
    mkdir -p "$root/DEBIAN" "$root/usr/lib/sluice" "$root/usr/bin" "$root/usr/lib/systemd/system" "$root/usr/lib/tmpfiles.d" \
        "$root/usr/lib/sysctl.d" "$root/etc/sluice" "$doc"
    cp -r "$tree/app" "$tree/runtime" "$tree/bin" "$root/usr/lib/sluice/"
    ln -s ../lib/sluice/bin/sluice "$root/usr/bin/sluice"
    cp "$tree"/share/systemd/*.service "$root/usr/lib/systemd/system/"
    cp "$tree"/share/tmpfiles.d/*.conf "$root/usr/lib/tmpfiles.d/"
    cp "$tree"/share/sysctl.d/*.conf "$root/usr/lib/sysctl.d/"
    cp "$tree"/share/examples/*.yaml "$root/etc/sluice/"
    cp -r "$tree"/docs/* "$doc/"
    cp -r "$tree/licences" "$doc/"
    cp "$files/debian/copyright" "$doc/"
    local script
    for script in postinst prerm postrm; do
        install -m 755 "$files/debian/$script" "$root/DEBIAN/$script"
    done
    (cd "$root" && find etc -type f | sort | sed 's|^|/|') >"$root/DEBIAN/conffiles"
    (cd "$root" && find usr etc -type f -print0 | sort -z | xargs -0 md5sum) >"$root/DEBIAN/md5sums"
    sed -e "s/@VERSION@/$version/" -e "s/@SIZE@/$(du -sk --apparent-size "$root/usr" | cut -f1)/" \
        "$files/debian/control" >"$root/DEBIAN/control"
    find "$root" -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +
    dpkg-deb --root-owner-group -Zzstd -z9 --build "$root" "$out/sluice_${version}_amd64.deb" >/dev/null
    rm -rf "$root"
    echo "$out/sluice_${version}_amd64.deb"
}
