VirtualHost "meet.example.gov.vn"
    -- trap
    modules_enabled = {
        "bosh"; -- for old browsers
        "turncredentials_http";
    }
