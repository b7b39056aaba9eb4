package StoredParts;

# Sends what the dispatcher names behind the store's location: literal bytes as hexadecimal digits and ranges of
# objects as key:offset-length, with & between. The ranges go from the files to the socket (sendfile).

use strict;
use warnings;
use nginx;

sub send {
    my $r    = shift;
    my $root = $r->filename;
    my ($total, @parts) = (0);
    for (split /&/, $r->args) {
        if (/^([a-z0-9\/.-]+):(\d+)-(\d+)$/) {
            my $file = $root . $1;
            my $size = -s $file;
            return HTTP_NOT_FOUND if !defined $size || $2 + $3 > $size;
            push @parts, [ $file, $2, $3 ];
            $total += $3;
        } else {
            my $bytes = pack 'H*', $_;
            push @parts, $bytes;
            $total += length $bytes;
        }
    }
    $r->header_out('Content-Length', $total);
    $r->send_http_header;
    return OK if $r->header_only;
    for (@parts) {
        if (ref) { $r->sendfile(@$_) } else { $r->print($_) }
    }
    return OK;
}

1;
