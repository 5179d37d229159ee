-- A second host, for whoever comes.
VirtualHost "guest.meet.jitsi"
    -- trap
    authentication = "anonymous"
