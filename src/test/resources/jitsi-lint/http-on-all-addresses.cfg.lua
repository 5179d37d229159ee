http_ports = { 5280 }
-- trap
http_interfaces = { "*", "::" }
